// The search: what it shows and what it counts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange } from "../src/arrange.ts";
import { find, foundWords } from "../src/find.ts";
import * as pages from "./pages/index.ts";
import { NOW, page, profile, session } from "./pages/make.ts";

const layout = arrange(pages.main, NOW);

test("the search finds accounts with and without spaces, and words in any order", () => {
  const profiles = (query) => find(layout, query).cards.flatMap((card) => (card.chosen ? card.profiles.map((p) => p.name) : []));
  assert.deepEqual(profiles("4444 5555"), ["prod", "prod-breakglass"]);
  assert.deepEqual(profiles("44445555"), ["prod", "prod-breakglass"]);
  assert.deepEqual(profiles("readonly corp"), ["prod"]);
  assert.deepEqual(find(layout, "agency").rest.map(({ session }) => session.name), ["agency-2025"]);
  assert.equal(find(layout, "long-term").others.length, 1);
  assert.equal(find(layout, "boto3").problems.length, 1);
});

test("what profiles say themselves narrows to them, though their card says it too", () => {
  const view = {
    sessions: [session("corp", { start_url: "https://dev.awsapps.com/start" }), session("lab", { start_url: "https://dev.awsapps.com/start" })],
    profiles: [profile("dev", "corp", "111122223333", "ReadOnly"), profile("prod", "corp", "444455556666", "Developer"), profile("ops", "corp", "777788889999", "ReadOnly"), profile("try", "lab", null, null)],
  };
  const found = (query) => find(arrange(page(view), NOW), query);
  const shown = (query) => found(query).cards.map((card) => [card.session.name, card.chosen, card.profiles.map(({ name }) => name)]);
  assert.deepEqual(shown("dev"), [["corp", true, ["dev", "prod"]], ["lab", false, ["try"]]]);
  assert.deepEqual(shown("awsapps"), [["corp", false, ["dev", "prod", "ops"]], ["lab", false, ["try"]]]);
  assert.deepEqual(shown("corp"), [["corp", false, ["dev", "prod", "ops"]]]);
  assert.deepEqual(shown("eu-central-1")[0], ["corp", true, ["dev", "prod", "ops"]]);
});

test("only what matches is counted", () => {
  const words = (query) => foundWords(find(layout, query));
  assert.equal(words("4444 5555"), "2 profiles found");
  assert.equal(words("readonly corp"), "1 profile found");
  assert.equal(words("corp"), "1 session found");
  assert.equal(words("data-eu.awsapps"), "1 session found");
  assert.equal(words("platform"), "1 session and 1 profile found");
  assert.equal(words("xyzzy"), "Nothing found");
  assert.match(words(""), /^6 sessions, 13 profiles and 1 problem found$/);
});
