/** Carry out what a visitor does: change the visit, update the view, announce it, fire events. Methods called by the site do not announce or fire. */
import { countedAnswers, saidText } from "./view/answers.js";

/** @import { Answer, Answered, FewClicksEventMap } from "./types.js" */
/** @import { Actions, Shown } from "./view/context.js" */
/** @import { View } from "./view/view.js" */
/** @import { Snapshot } from "./session/session.js" */
/** @import { Visit } from "./visit.js" */
/** @import { Messages } from "./messages/messages.js" */

/** The most results of a search. */
export const MAX_FOUND = 8;

/**
 * What the actions act on. Visit and view are the current ones.
 * @typedef {object} ActionTargets
 * @property {Visit} visit
 * @property {View} view
 * @property {{ goal: number, tiles: number, related: number }} element
 * @property {Shown} shown what there is to show
 * @property {() => Promise<void>} replaceTiles after all answers became others
 * @property {() => Promise<void>} retry to load
 * @property {() => Promise<void>} forget takes back everything, and removes what is remembered
 * @property {(skipped: boolean) => void} skip
 * @property {{ siteTiles: { release: (tile: HTMLElement) => void } }} stage
 * @property {() => void} change reflects what the element is now to its form
 * @property {() => void} changed fires the events that form controls fire
 * @property {(error: unknown) => void} fail shows that the model can do no more, such as after its worker has died
 * @property {<T extends keyof FewClicksEventMap>(type: T, detail: FewClicksEventMap[T]["detail"]) => void} fire
 */

/**
 * Create the actions.
 * @param {ActionTargets} on
 * @returns {Actions & { reportEarly: () => void }} `reportEarly` fires the events of what was answered before the model was there
 */
export function actions(on) {
  /** @param {Answered[]} [answers] */
  const count = (answers = on.visit.snapshot.answers) => countedAnswers(on.view.context, answers).length;
  /** @param {keyof Messages} key @param {Record<string, string | number>} [values] */
  const say = (key, values) => on.view.context.t(key, values);

  const fireRecommend = () => {
    const { recommendations, adaptation } = /** @type {Snapshot} */ (on.visit.snapshot);
    on.fire("recommend", { recommendations, adaptation });
    on.changed();
  };

  const fireComplete = () => {
    const { answers, recommendations } = on.visit.snapshot;
    if (count(answers) >= on.element.goal) on.fire("complete", { answers, recommendations });
  };

  /** Announce such as "Liked Heat. 2 of 5 answered. Recommendations updated." @param {string} what @param {string | 0} [more] */
  const announce = (what, more) => {
    const progress = on.view.progressText(count());
    on.view.announce([what, say("saidUpdate", { progress }), more].filter(Boolean).join(" "));
  };

  /** Put items like a picked one on the wall. @param {string} id @param {Answer} value @returns {Promise<number>} how many */
  async function unfold(id, value) {
    const { visit, view } = on;
    if (view.context.mode !== "pick" || value !== "like" || !on.element.related || !view.wall.shown().has(id)) return 0;
    const items = await visit.related(id, on.element.related, view.wall.shown());
    if (view !== on.view || !view.wall.isPicked(id)) return 0;
    view.wall.unfold(id, items.filter((item) => !view.wall.shown().has(item.id)));
    view.list.recolour();
    return items.length;
  }

  /** @param {string} id @param {Answer} value */
  async function answer(id, value) {
    const before = on.visit.snapshot.answers;
    if (before.some((own) => own.item.id === id && own.value === value)) return undo(id);
    on.visit.resetState = null;
    if (on.visit.early) return answerEarly(id, value);
    const { answers } = await on.visit.answer(id, value);
    on.view.update(on.shown);
    const answered = answers.find((own) => own.item.id === id);
    if (!answered) return;
    on.fire("answer", { item: answered.item, value, count: count(answers) });
    fireRecommend();
    if (count(before) < on.element.goal) fireComplete();
    const related = await unfold(id, value);
    announce(saidText(on.view.context, answered.item.title, value), related && say("saidRelated", { count: related }));
  }

  /** Answer before the model is there. `reportEarly` fires the event. @param {string} id @param {Answer} [value] without it the answer is taken back */
  function answerEarly(id, value) {
    const { title } = on.visit.answerEarly(id, value);
    on.view.update(on.shown);
    on.view.announce(value === undefined ? say("saidUndo", { title }) : saidText(on.view.context, title, value));
  }

  function reportEarly() {
    const { earlyAnswers, snapshot: { answers } } = on.visit;
    if (earlyAnswers.size === 0) return;
    earlyAnswers.clear();
    answers.forEach(({ item, value }, index) => on.fire("answer", { item, value, count: count(answers.slice(0, index + 1)) }));
    fireRecommend();
    fireComplete();
  }

  /** @param {string} [id] */
  async function undo(id) {
    if (on.visit.early) return id === undefined ? undefined : answerEarly(id);
    if (on.visit.resetState && on.visit.snapshot.answers.length === 0) return undoReset();
    const undone = await on.visit.undo(id);
    if (!undone) return;
    const { item } = undone;
    on.view.wall.bringBack(item);
    on.view.update(on.shown);
    announce(say("saidUndo", { title: item.title }));
    on.fire("answer", { item, value: null, count: count() });
    fireRecommend();
  }

  async function undoReset() {
    await on.visit.undoReset();
    await on.replaceTiles();
    announce(say("saidRestored"));
    fireRecommend();
  }

  async function reset() {
    if (!on.visit.resettable) return;
    await on.visit.reset();
    await on.replaceTiles();
    on.view.announce(say("saidReset"));
    fireRecommend();
  }

  async function others() {
    const { view } = on;
    const items = await on.visit.others(on.element.tiles, view.wall.shown());
    view.deal(items, on.shown);
    on.change();
    view.announce(say("saidOthers", { count: items.length }));
  }

  async function forget() {
    await on.forget();
    on.view.announce(say("saidReset"));
    fireRecommend();
  }

  /** @param {boolean} skipped */
  function skip(skipped) {
    on.skip(skipped);
    on.fire("skip", { skipped });
  }

  /**
   * Report a failure of an action. A load that fails is reported by itself, and what is left of another visit not at all.
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => Promise<R>} act
   * @returns {(...args: A) => Promise<R | undefined>}
   */
  const guard = (act) => (...args) => {
    const { visit } = on;
    return act(...args).catch((error) => void (visit === on.visit && visit?.info && on.fail(error)));
  };

  return {
    answer: guard(answer),
    undo: guard(undo),
    reset: guard(reset),
    others: guard(others),
    draw: guard(async (shown) => (await on.visit.draw(1, shown))[0]),
    forget: guard(forget),
    retry: guard(() => on.retry()),
    search: guard((text) => on.visit.search(text, MAX_FOUND)),
    on, guard, fireRecommend,
    skip: () => skip(true),
    resume: () => skip(false),
    choose: (item) => on.view.wall.add(item),
    focusTiles: () => on.view.wall.focus(),
    release: (tile) => on.stage.siteTiles.release(tile),
    emptied: () => on.change(),
    reportEarly,
  };
}
