import vue from "@vitejs/plugin-vue";

const isCustomElement = (tag) => tag === "few-clicks";

export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
