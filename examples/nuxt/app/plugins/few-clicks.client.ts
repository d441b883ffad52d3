import "fewclicks";

export default defineNuxtPlugin(() => {});
