/** Small scripts become files too: a strict `script-src` refuses those inside a page. */
export default { vite: { build: { assetsInlineLimit: 0 } } };
