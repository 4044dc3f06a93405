// What a screen reader hears: terse, true, and only what changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, marks, seen } from "../src/changes.ts";
import * as pages from "./pages/index.ts";
import { NOW, inMinutes, login, loginSession, page, session } from "./pages/make.ts";

const MINUTE = 60_000;
/** What is heard as these pages come one after the other. */
const heard = (...many) => {
  let before = new Map();
  return many.map((next) => {
    const text = changes(before, next, NOW);
    before = seen(next, NOW, before);
    return text;
  });
};
const one = (rest, settings) => page({ sessions: [session("corp", rest)] }, settings);
const soon = { state: "expiring", expires_at: inMinutes(12), refreshable: false };

test("nothing changed, nothing said; an end that passes is said", () => {
  const before = seen(pages.quiet, NOW);
  assert.equal(changes(before, pages.quiet, NOW), "");
  assert.equal(changes(before, pages.quiet, NOW + 15 * MINUTE), "platform has ended");
  assert.notEqual(marks(pages.quiet, NOW), marks(pages.quiet, NOW + 15 * MINUTE));
  assert.equal(marks(pages.quiet, NOW), marks(pages.quiet, NOW + MINUTE));
});

test("a sign-in that worked", () => {
  const steps = ["starting", "waiting-for-approval", "saving"].map((state) => ({ login: login({ state }) }));
  const out = { state: "signed-out" };
  const words = ["", "Signing in to corp", "corp: approve in your browser", "corp: approved", "corp signed in"];
  assert.deepEqual(heard(one(out), ...steps.map((step) => one({ ...out, ...step })), one({})), words);
  assert.deepEqual(heard(one(soon), ...steps.map((step) => one({ ...soon, ...step })), one({})), words);
  // The new token is there before the sign-in is said to be over.
  assert.equal(heard(one(soon), one({ ...soon, ...steps[0] }), one(steps[2]), one({})).at(-1), "corp signed in");
});

test("a cancelled or failed sign-in is not said to have worked", () => {
  const cancelled = (rest) => heard(one(rest), one({ ...rest, login: login() }), one(rest)).at(-1);
  assert.equal(cancelled(soon), "Still signed in to corp");
  assert.equal(cancelled({}), "Still signed in to corp");
  assert.equal(cancelled({ state: "signed-out" }), "");
  assert.equal(cancelled({ state: "expired", expires_at: inMinutes(-5) }), "");
  const over = heard(one(soon), one({ ...soon, login: login() }), one({ ...soon, state: "expired" })).at(-1);
  assert.equal(over, "corp has ended");
});

test("nothing is signed in by a change of the warning times, or by renewing itself", () => {
  assert.deepEqual(heard(one(soon), one({ ...soon, state: "valid" })), ["", ""]);
  assert.deepEqual(heard(one({ state: "stale" }), one({})), ["", ""]);
  assert.deepEqual(heard(one(soon), one({})), ["", "corp signed in"]);
});

test("a muted session is silent", () => {
  const muted = { muted: ["sso-session:corp"] };
  const over = { state: "expired", expires_at: inMinutes(0) };
  assert.deepEqual(heard(one(soon, muted), one(over, muted), one({}, muted), one({})), ["", "", "", ""]);
  assert.equal(marks(one(soon, muted), NOW), marks(one(over, muted), NOW));
});

test("a console sign-in: its keys renew themselves in silence, its end and the next sign-in are told", () => {
  const at = (minutesAgo, rest) => page({ sessions: [loginSession("user/me", minutesAgo, rest)] });
  const name = "111122223333:user/me";
  assert.deepEqual(heard(at(343), at(343, { state: "stale" }), at(343)), ["", "", ""]);
  assert.deepEqual(heard(at(343), at(711), at(725), at(1)), ["", `${name} ends in 9 min`, `${name} has ended`, `${name} signed in`]);
});
