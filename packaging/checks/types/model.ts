/** The model without any view. It is only compiled. */
import init, { FewClicks, initSync } from "fewclicks/model";
import type { Answered, BundleInfo, FewClicksError, Item, Progress, Recommendation, SavedState } from "fewclicks/model";

async function use(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await init();
  await init({ module_or_path: "/fewclicks_bg.wasm" });
  initSync({ module: bytes });
  const model: FewClicks = await FewClicks.load("/bundle");
  await FewClicks.load({ manifest: bytes, weights: bytes, catalogue: bytes });
  await FewClicks.load("/bundle", ({ loaded, total, opening, kind }: Progress) => {
    const first: Item | undefined = opening[0];
    const learned: "ratings" | "picks" = kind;
    const share: number = loaded / total;
  });
  const info: BundleInfo = model.info;
  const count: number = info.itemCount;
  const method: "halves" | "closed-form" | "gradient" | "softmax" = model.adaptation().method;
  model.answer("603", "like");
  const undone: Answered | null = model.undo();
  const list: Recommendation[] = model.recommend(8, { includeAnswered: true });
  const state: SavedState = model.save();
  const items: Item[] = model.items();
  // @ts-expect-error loaded, not constructed
  new FewClicks();
  // @ts-expect-error says how many
  model.recommend();
}

function told(error: FewClicksError): string {
  // @ts-expect-error no such code
  if (error.code === "not-found") return "";
  return error.code === "network" ? "offline" : error.message;
}
