/** Every part of the element's public interface, used as a site would. It is only compiled. */
import { FewClicksElement } from "fewclicks";
import type {
  Adaptation, Answer, Answered, BundleInfo, ErrorCode, ErrorDetail, FewClicksError, Item, ItemOverride, Messages, Reason,
  Recommendation, SavedState,
} from "fewclicks/element";
import type * as model from "fewclicks/model";
import korean from "fewclicks/messages/ko";

const element: FewClicksElement = document.createElement("few-clicks");
const found: FewClicksElement | null = document.querySelector("few-clicks");
const own: FewClicksElement = new FewClicksElement();

// Attributes as properties
element.bundle = "/bundle";
const bundle: string | null = element.bundle;
element.bundle = null;
element.mode = "pick";
element.mode = null;
const mode: "rate" | "pick" = element.mode;
element.rating = "stars";
element.goal = element.min = element.tiles = element.rows = 5;
element.details = ["year"];
element.images = "poster";
element.images = null;
element.remember = "signup";
element.remember = true;
const remembered: string | null = element.remember;
element.loading = "lazy";
element.worker = true;
element.name = "taste";
element.disabled = element.required = false;
element.submit = "recommendations";

// Properties
element.messages = { heading: "What have you seen?", progressDone: { one: "{count} answer", other: "{count} answers" } };
element.messages = korean;
const words: Readonly<Messages> = korean;
element.filter = ({ fields }: Item) => fields["year"]?.[0] !== "1994";
element.filter = null;
const display: Record<string, ItemOverride> = { 603: { title: "The Matrix", fields: { year: ["1999"] }, image: "/603.avif", href: "/films/603" } };
element.overrides = display;
element.renderTile = ({ title }, { mode }) => (mode === "pick" ? title : document.createElement("img"));
element.renderTile = () => null;
element.renderTile = null;
const info: BundleInfo | null = element.info;
const answers: readonly Answered[] = element.answers;
const adaptation: Adaptation | null = element.adaptation;
if (adaptation) {
  const method: "halves" | "closed-form" | "gradient" | "softmax" = adaptation.method;
  const figures: number[] = [adaptation.steps, adaptation.answers, adaptation.milliseconds];
}
const skipped: boolean = element.skipped;
const form: HTMLFormElement | null = element.form;
const validity: ValidityState = element.validity;
const validation: [boolean, string, string] = [element.willValidate, element.validationMessage, element.type];

// Methods
async function methods(): Promise<void> {
  const answer: Answer = "like";
  const answered: void = await element.answer("603", answer);
  await element.answer("603", 4.5);
  const undone: Answered | null = await element.undo();
  await element.undo("603");
  const state: SavedState = await element.save();
  const gone: string[] = await element.restore(state);
  await element.reset();
  await element.describe("age", "25-34");
  await element.describe("age", null);
  const list: Recommendation[] = await element.recommend();
  const one: Item | undefined = (await element.recommend(1))[0]?.item;
  const reasons: Reason[] = await element.explain("603");
  const items: Item[] = await element.search("matrix", 5);
  await element.forget();
  const valid: boolean = element.checkValidity() && element.reportValidity();
  element.skip();
  element.resume();
  element.focus();
}

// Events
element.addEventListener("ready", ({ detail }) => { const count: number = detail.info.itemCount; });
element.addEventListener("answer", ({ detail: { item, value, count } }) => {
  const shown: [string, Answer | null, number] = [item.title, value, count];
});
element.addEventListener("recommend", ({ detail }) => {
  const first: number | undefined = detail.recommendations[0]?.score;
  const about: Adaptation = detail.adaptation;
});
element.addEventListener("complete", ({ detail }) => { const all: [Answered[], Recommendation[]] = [detail.answers, detail.recommendations]; });
element.addEventListener("skip", ({ detail }) => { const now: boolean = detail.skipped; });
element.addEventListener("error", ({ detail: { code, message } }) => { const text: string = `${code}: ${message}`; });

// One list of codes, of the element and of the model
const codes: Record<ErrorCode, string> = {
  network: "", manifest: "", weights: "", catalogue: "", hash: "", "bad-source": "",
  "unknown-item": "", "unknown-field": "", "unknown-value": "", "bad-answer": "", "bad-options": "", "bad-state": "",
  "not-ready": "", wasm: "", worker: "", "bad-filter": "", bundle: "",
};
const same: [model.ErrorCode, ErrorDetail["code"], FewClicksError["code"]] = ["not-ready", "worker", "bad-filter"];
const thrown = (error: model.FewClicksError): FewClicksError => error;
element.addEventListener("click", ({ clientX }) => { const x: number = clientX; });

// Misuse

// @ts-expect-error a mode that there is not
element.mode = "swipe";
// @ts-expect-error a number, not its text
element.goal = "5";
// @ts-expect-error read only
element.info = null;
// @ts-expect-error read only
element.skipped = true;
// @ts-expect-error no such message
element.messages = { headline: "What have you seen?" };
// @ts-expect-error an answer is a number or one of three words
element.answer("603", "love");
// @ts-expect-error an item has an id
element.answer("like");
// @ts-expect-error methods return promises
const early: Recommendation[] = element.recommend();
// @ts-expect-error what is rendered is a node or text
element.renderTile = () => 5;
// @ts-expect-error `ready` has no recommendations
element.addEventListener("ready", ({ detail }) => detail.recommendations);
// @ts-expect-error no such code
element.addEventListener("error", ({ detail }) => detail.code === "not-found");
// @ts-expect-error the list of recommendations is no attribute: `rows` is its length
element.recommendations = 5;
// @ts-expect-error items belong to the catalogue: `overrides` are the site's own
element.items = display;
// @ts-expect-error no such language
import("fewclicks/messages");
