/** Rendered once, when it is built; on a server of its own, leave `output` out. */
export default { output: "export" };
