/** What a visitor does. It is announced and fires events; what the site does by a method is and does not. */
import { counted, saidText } from "./view/controls.js";

/** @typedef {import("./element.js").Answer} Answer */
/** @typedef {import("./element.js").Item} Item */

/**
 * The inside of the element.
 * @typedef {object} Inside
 * @property {import("./element.js").FewClicksElement} element
 * @property {import("./view/appearance.js").Appearance} appearance
 * @property {Map<string, string | null>} described user fields, as the site has said them
 * @property {import("./view/view.js").View} view
 * @property {import("./visit.js").Visit} visit
 * @property {() => Promise<void>} retry to load
 * @property {() => import("./view/view.js").Shown} present what there is to show
 * @property {() => Promise<void>} replaced all answers by others
 * @property {() => void} changed there is something else to show
 * @property {(visit: import("./visit.js").Visit, first: boolean) => void} arrived more of its bundle, or the first of it
 * @property {(skipped: boolean) => void} skip
 * @property {(error: Error) => void} fail when the model can do no more, such as after its worker has died
 * @property {(type: string, detail: object) => void} fire
 */

/** @param {Inside} inside @returns {import("./view/view.js").Actions} */
export function actions(inside) {
  const { element, appearance, fire } = inside;
  const count = (answers = inside.visit.shown.answers) => counted(inside.view.context, answers).length;
  const say = (key, values) => inside.view.context.t(key, values);
  const updated = () => {
    const { recommendations, adaptation } = inside.visit.shown;
    fire("recommend", { recommendations, adaptation });
  };

  /** Such as "Liked Heat. 2 of 5 answered. Recommendations updated." @param {string} what */
  const announce = (what) => {
    const progress = inside.view.progressText(count());
    inside.view.announce(`${what} ${say("saidUpdate", { progress })}`);
  };

  async function answer(id, value) {
    const before = inside.visit.shown.answers;
    if (before.some((own) => own.item.id === id && own.value === value)) return undo(id);
    inside.visit.dropped = null;
    if (inside.visit.noting) return note(id, value);
    const { answers } = await inside.visit.change("answer", id, value);
    inside.view.update(inside.present());
    const { item } = answers.find((own) => own.item.id === id);
    announce(saidText(inside.view.context, item.title, value));
    fire("answer", { item, value, count: count(answers) });
    updated();
    if (count(before) < element.goal) complete();
  }

  function complete() {
    const { answers, recommendations } = inside.visit.shown;
    if (count(answers) >= element.goal) fire("complete", { answers, recommendations });
  }

  /** Before the model is there; the site hears of it then. @param {Answer} [value] none takes the answer back */
  function note(id, value) {
    const { title } = inside.visit.note(id, value);
    inside.view.update(inside.present());
    inside.view.announce(value === undefined ? say("saidUndo", { title }) : saidText(inside.view.context, title, value));
  }

  /** The model is there, and has been told what was noted. */
  function catchUp() {
    const { early, shown: { answers } } = inside.visit;
    if (early.size === 0) return;
    early.clear();
    answers.forEach(({ item, value }, place) => fire("answer", { item, value, count: count(answers.slice(0, place + 1)) }));
    updated();
    complete();
  }

  async function undo(id) {
    if (inside.visit.noting) return note(id);
    if (inside.visit.dropped && inside.visit.shown.answers.length === 0) return bringBack();
    const { result } = await inside.visit.change("undo", id);
    if (!result) return;
    const item = appearance.dress(result.item);
    inside.view.wall.bringBack(item);
    inside.view.update(inside.present());
    announce(say("saidUndo", { title: item.title }));
    fire("answer", { item, value: null, count: count() });
    updated();
  }

  async function bringBack() {
    const state = inside.visit.dropped;
    inside.visit.dropped = null;
    await inside.visit.change("restore", state);
    await inside.replaced();
    announce(say("saidRestored"));
    updated();
  }

  async function reset() {
    if (inside.visit.shown.answers.length === 0) return;
    const { state } = inside.visit.shown;
    await inside.visit.change("restore", { ...state, answers: [] });
    inside.visit.dropped = state;
    await inside.replaced();
    inside.view.announce(say("saidReset"));
    updated();
  }

  async function others() {
    const { view } = inside;
    const items = await inside.visit.call("others", element.tiles, [...view.wall.shown()]);
    view.deal(items.map((item) => appearance.dress(item)), inside.present());
    view.announce(say("saidOthers", { count: items.length }));
  }

  async function draw(shown) {
    const [item] = await inside.visit.call("draw", 1, [...shown]);
    return item && appearance.dress(item);
  }

  async function forget() {
    await element.forget();
    inside.view.announce(say("saidReset"));
    updated();
  }

  function skip(skipped) {
    inside.skip(skipped);
    fire("skip", { skipped });
  }

  const acts = { answer, undo, reset, others, draw, forget, retry: inside.retry, search: (text) => element.search(text) };
  // A load that fails is told by itself, and what is left of another bundle not at all.
  const guarded = Object.entries(acts).map(([name, act]) => [name, (...args) => {
    const { visit } = inside;
    return act(...args).catch((error) => visit === inside.visit && visit?.info && inside.fail(error));
  }]);
  return {
    ...Object.fromEntries(guarded),
    skip: () => skip(true),
    resume: () => skip(false),
    found: (item) => inside.view.put(item),
    focusTiles: () => inside.view.wall.focus(),
    release: (tile) => appearance.release(tile),
    catchUp,
  };
}
