function getArrayU8FromWasm0(ptr, len) {
    return new Uint8Array(wasm.memory.buffer, ptr >>> 0, len);
}
function getDataViewMemory0() {
    return new DataView(wasm.memory.buffer);
}
function getStringFromWasm0(ptr, len) {
    return cachedTextDecoder.decode(getArrayU8FromWasm0(ptr, len));
}
function passStringToWasm0(arg, malloc) {
    const bytes = cachedTextEncoder.encode(arg);
    const ptr = malloc(bytes.length, 1);
    getArrayU8FromWasm0(ptr, bytes.length).set(bytes);
    WASM_VECTOR_LEN = bytes.length;
    return ptr;
}
function __wbg_finalize_init(instance) {
    wasm = instance.exports;
    wasm.__wbindgen_start();
    return wasm;
}
async function __wbg_load(module, imports) {
    if (!(module instanceof Response)) {
        const loaded = await WebAssembly.instantiate(module, imports);
        return { instance: loaded.instance ?? loaded };
    }
    if (!module.ok) throw new Error(`failed to fetch Wasm: ${module.status} ${module.statusText} fetching '${module.url}'`);
    // A server may not know of WebAssembly: a browser streams nothing of another type.
    return module.headers.get('content-type') === 'application/wasm'
        ? WebAssembly.instantiateStreaming(module, imports)
        : WebAssembly.instantiate(await module.arrayBuffer(), imports);
}
function initSync(module) {
    if (wasm !== undefined) return wasm;
    module = module.module ?? module;
    if (!(module instanceof WebAssembly.Module)) module = new WebAssembly.Module(module);
    return __wbg_finalize_init(new WebAssembly.Instance(module, __wbg_get_imports()));
}
async function __wbg_init_once(source) {
    source = await (source?.module_or_path ?? source ?? new URL('fewclicks_bg.wasm', import.meta.url));
    if (typeof source === 'string' || source instanceof URL || source instanceof Request) source = await fetch(source);
    const { instance } = await __wbg_load(source, __wbg_get_imports());
    return __wbg_finalize_init(instance);
}
