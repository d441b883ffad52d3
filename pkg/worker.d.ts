/** A module worker's script: it hosts sessions, and exports nothing. */
export {};
