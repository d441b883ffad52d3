/** What a visitor does. It is announced and fires events; what the site does by a method is and does not. */
import { counted, saidText } from "./controls.js";

/** @typedef {import("./element.js").Answer} Answer */
/** @typedef {import("./element.js").Item} Item */
/** @typedef {import("./session.js").Snapshot} Snapshot */

/**
 * The inside of the element.
 * @typedef {object} Inside
 * @property {import("./view.js").View} view
 * @property {Snapshot} shown
 * @property {import("./element.js").SavedState | null} dropped what "start over" threw away, until the next answer
 * @property {number} goal
 * @property {number} tiles
 * @property {() => Promise<void>} retry to load
 * @property {(method: string, ...args: unknown[]) => Promise<Snapshot>} change
 * @property {(method: string, ...args: unknown[]) => Promise<any>} call a method of the session
 * @property {() => import("./view.js").Shown} present what there is to show
 * @property {() => Promise<void>} replaced all answers by others
 * @property {(text: string) => Promise<Item[]>} search
 * @property {(item: Item) => Item} dress
 * @property {(tile: HTMLElement) => void} release
 * @property {(skipped: boolean) => void} skip
 * @property {() => Promise<void>} forget
 * @property {(type: string, detail: object) => void} fire
 * @property {(error: Error) => void} fail when the model can do no more, such as after its worker has died
 */

/** @param {Inside} inside @returns {import("./view.js").Actions} */
export function actions(inside) {
  const count = (answers = inside.shown.answers) => counted(inside.view.context, answers).length;
  const say = (key, values) => inside.view.context.t(key, values);
  const updated = () => {
    const { recommendations, adaptation } = inside.shown;
    inside.fire("recommend", { recommendations, adaptation });
  };

  /** Such as "Liked Heat. 2 of 5 answered. Recommendations updated." @param {string} what */
  const announce = (what) => {
    const progress = inside.view.progressText(count());
    inside.view.announce(`${what} ${say("saidUpdate", { progress })}`);
  };

  async function answer(id, value) {
    const before = inside.shown.answers;
    if (before.some((own) => own.item.id === id && own.value === value)) return undo(id);
    inside.dropped = null;
    const { answers, recommendations } = await inside.change("answer", id, value);
    inside.view.update(inside.present());
    const { item } = answers.find((own) => own.item.id === id);
    announce(saidText(inside.view.context, item.title, value));
    inside.fire("answer", { item, value, count: count(answers) });
    updated();
    if (count(before) < inside.goal && count(answers) >= inside.goal) {
      inside.fire("complete", { answers, recommendations });
    }
  }

  async function undo(id) {
    if (inside.dropped && inside.shown.answers.length === 0) return bringBack();
    const { result } = await inside.change("undo", id);
    if (!result) return;
    const item = inside.dress(result.item);
    inside.view.wall.bringBack(item);
    inside.view.update(inside.present());
    announce(say("saidUndo", { title: item.title }));
    inside.fire("answer", { item, value: null, count: count() });
    updated();
  }

  async function bringBack() {
    const state = inside.dropped;
    inside.dropped = null;
    await inside.change("restore", state);
    await inside.replaced();
    announce(say("saidRestored"));
    updated();
  }

  async function reset() {
    if (inside.shown.answers.length === 0) return;
    const { state } = inside.shown;
    await inside.change("restore", { ...state, answers: [] });
    inside.dropped = state;
    await inside.replaced();
    inside.view.announce(say("saidReset"));
    updated();
  }

  async function others() {
    const { view } = inside;
    const items = await inside.call("others", inside.tiles, [...view.wall.shown()]);
    view.deal(items.map(inside.dress), inside.present());
    view.announce(say("saidOthers", { count: items.length }));
  }

  async function draw(shown) {
    const [item] = await inside.call("draw", 1, [...shown]);
    return item && inside.dress(item);
  }

  async function forget() {
    await inside.forget();
    inside.view.announce(say("saidReset"));
    updated();
  }

  function skip(skipped) {
    inside.skip(skipped);
    inside.fire("skip", { skipped });
  }

  const acts = { answer, undo, reset, others, draw, forget, retry: inside.retry, search: inside.search };
  const guarded = Object.entries(acts).map(([name, act]) => [name, (...args) => act(...args).catch(inside.fail)]);
  return {
    ...Object.fromEntries(guarded),
    skip: () => skip(true),
    resume: () => skip(false),
    found: (item) => inside.view.put(item),
    focusTiles: () => inside.view.wall.focus(),
    release: inside.release,
  };
}
