//! Arguments that a call cannot take are refused with a code, and change nothing.

use crate::page::{assert_error, run, session, value};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn what_a_call_cannot_answer_is_an_error_with_a_code() {
    let session = &session().await;
    run(session, "session.answer('udon', 'dislike')").unwrap();
    let before = value(session, "[session.save(), session.recommend(9)]");
    for (expression, code, words) in [
        ("session.answer('pizza', 'like')", "unknown-item", "no item \"pizza\""),
        ("session.answer('', 'like')", "unknown-item", ""),
        ("session.undo('pizza')", "unknown-item", "pizza"),
        ("session.explain('pizza')", "unknown-item", "pizza"),
        ("session.predict('pizza')", "unknown-item", "pizza"),
        ("session.predict('\\ud800')", "unknown-item", ""),
        ("session.answer(5, 'like')", "unknown-item", "item ids are strings, found 5"),
        ("session.answer(undefined, 'like')", "unknown-item", "item ids are strings, found undefined"),
        ("session.undo(7n)", "unknown-item", "item ids are strings, found 7"),
        ("session.explain(Symbol('pho'))", "unknown-item", "item ids are strings, found Symbol(pho)"),
        ("session.predict()", "unknown-item", "item ids are strings, found undefined"),
        ("session.predict({ id: 'pho' })", "unknown-item", "item ids are strings, found {\"id\":\"pho\"}"),
        ("session.predict({ toString() { throw 7; }, toJSON() {} })", "unknown-item", "found what has no words"),
        ("session.predict('pho '.repeat(99).split(' '))", "unknown-item", "found [\"pho\",\"pho\","),
        (
            "session.answer('ramen', 'love')",
            "bad-answer",
            "expected a rating, \"like\", \"dislike\" or \"unknown\", found \"love\"",
        ),
        ("session.answer('ramen', 'Like')", "bad-answer", "expected"),
        ("session.answer('ramen', '5')", "bad-answer", "expected"),
        ("session.answer('ramen', 9)", "bad-answer", "from 1 to 5"),
        ("session.answer('ramen', -0)", "bad-answer", "from 1 to 5"),
        ("session.answer('ramen', NaN)", "bad-answer", "found NaN"),
        ("session.answer('ramen', -Infinity)", "bad-answer", "found -Infinity"),
        ("session.answer('ramen', 2n ** 70n)", "bad-answer", "found 1180591620717411303424"),
        ("session.answer('ramen')", "bad-answer", "found undefined"),
        ("session.answer('ramen', null)", "bad-answer", "expected"),
        ("session.answer('ramen', true)", "bad-answer", "expected"),
        ("session.answer('ramen', {})", "bad-answer", "expected"),
        ("session.answer('ramen', { value: 'like' })", "bad-answer", "expected"),
        ("session.answer('ramen', ['like'])", "bad-answer", "found [\"like\"]"),
        ("session.answer('ramen', ((loop) => (loop.again = loop))({}))", "bad-answer", "found what is no JSON ("),
        ("session.answer('ramen', () => 'like')", "bad-answer", "expected"),
        ("session.answer('ramen', Symbol('like'))", "bad-answer", "found Symbol(like)"),
        ("session.answer('ramen', new Date())", "bad-answer", "expected"),
        ("session.recommend(1, { includeAnswered: 'yes' })", "bad-options", "includeAnswered"),
        ("session.recommend(1, true)", "bad-options", "includeAnswered"),
        ("session.recommend(1, { variety: 1.5 })", "bad-options", "variety: 0 to 1"),
        ("session.recommend(1, { variety: 'high' })", "bad-options", "variety: 0 to 1"),
        ("session.describe('hunger', 'great')", "unknown-field", "this bundle has age"),
        ("session.describe('hunger', null)", "unknown-field", "hunger"),
        ("session.describe(5, 'great')", "unknown-field", "names of user fields are strings, found 5"),
        ("session.describe('age', 18)", "unknown-value", "values of user fields are strings, found 18"),
        ("session.describe('age', 'ancient')", "unknown-value", "info.userFields"),
        ("session.describe('age', '')", "unknown-value", "age"),
        ("session.restore()", "bad-state", "what save() returned, found undefined"),
        ("session.restore(null)", "bad-state", "what save() returned"),
        ("session.restore(JSON.stringify(session.save()))", "bad-state", "what save() returned"),
        ("session.restore({})", "bad-state", "saved state: version: missing; pass what save() returned"),
        ("session.restore({ ...session.save(), version: 2 })", "bad-state", "version 2, expected 1"),
        ("session.restore({ ...session.save(), version: -1 })", "bad-state", "expected"),
        ("session.restore({ version: 1, answers: {} })", "bad-state", "expected"),
        ("session.restore({ get version() { throw TypeError('no'); } })", "bad-state", "saved state: no; pass what"),
        ("session.restore({ version: 1, answers: [null] })", "bad-state", "answers[0]: found null, expected an object"),
        (
            "session.restore({ version: 1, answers: [{ id: 7, value: 'like' }] })",
            "bad-state",
            "answers[0].id: found 7, expected a string",
        ),
        ("session.restore({ version: 1, answers: [{ id: 'pho', value: 9 }] })", "bad-state", "pho: rating 9"),
        (
            "session.restore({ version: 1, answers: [{ id: 'udon', value: 1 }, { id: 'pho', value: 'love' }] })",
            "bad-state",
            "answers[1].value: found \"love\", expected a rating, \"like\", \"dislike\" or \"unknown\"",
        ),
        ("session.restore({ version: 1, answers: [], user: { age: 7 } })", "bad-state", "user.age: found 7, expected"),
    ] {
        let error = run(session, expression).expect_err(expression);
        let message = js_sys::Error::from(error.clone()).message();
        assert!(message.length() < 250, "{expression}: {message} is long");
        let stack = message.includes("JsValue", 0) || message.includes("    at ", 0);
        assert!(!stack, "{expression}: {message} is for debuggers");
        assert_error(expression, error, code, words);
        assert_eq!(value(session, "[session.save(), session.recommend(9)]"), before, "{expression} changed something");
    }
}

#[wasm_bindgen_test]
async fn how_many_items_is_a_whole_number() {
    let session = &session().await;
    for call in ["candidates(N)", "recommend(N)", "questions(N, [])"] {
        for n in ["NaN", "undefined", "0.9", "-1", "Infinity", "2 ** 32", "'many'"] {
            let expression = format!("session.{}", call.replace('N', n));
            let error = run(session, &expression).expect_err(&expression);
            assert_error(&expression, error, "bad-options", "a whole number from 0 on");
        }
        assert_eq!(value(session, &format!("session.{}", call.replace('N', "0"))), json!([]));
    }
}
