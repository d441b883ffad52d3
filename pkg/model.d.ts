import type { InitInput, SyncInitInput } from "./fewclicks.js";

export type {
  Adaptation, Answer, Answered, BundleInfo, BundleSource, ErrorCode, FewClicksError, InitInput, Item, Progress, Reason,
  Recommendation, RecommendOptions, SavedState, SyncInitInput,
} from "./fewclicks.js";
export { FewClicks } from "./fewclicks.js";

/** Starts WebAssembly; to be awaited before `FewClicks.load`. Fetches `fewclicks_bg.wasm` from beside the module unless told. */
export default function init(from?: { module_or_path: InitInput | Promise<InitInput> }): Promise<object>;

/** The same from bytes or a compiled module, at once. */
export function initSync(from: { module: SyncInitInput }): object;
