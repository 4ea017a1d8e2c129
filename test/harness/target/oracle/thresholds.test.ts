import { expect, test } from "vitest";
import { familiarWith } from "../../../../harness/target/oracle/familiar.ts";
import { readSighting } from "../../../../harness/target/oracle/read-sighting.ts";
import { good, KNOWN, LAST_PAGE, print, sighting, USER } from "./sightings.ts";

const SAME = ["alder", "birch", "cedar", "elder", "hazel", "maple", "willow"];
const OWN = ["anchor", "barrel", "candle"];

/** Words that two pages have in common, and so many that only one has. */
function page(more: number): string {
  return `<p>${[...SAME, ...OWN.slice(0, more)].join(" ")}</p>`;
}

// A page has a feature for its paragraph and one for each word: 8 of 10 are in both, or 8 of 11.
test.each([
  { more: 0, decision: "refuse" },
  { more: 2, decision: "refuse" },
  { more: 3, decision: undefined },
])("a page with $more words besides those of a cancelled sign-in: $decision", ({ more, decision }) => {
  const known = { ...LAST_PAGE, cancelled: print(page(0), "gone@x.example", "/callback", 400) };
  const seen = sighting({ html: page(more), named: undefined, cookies: [] });
  expect(readSighting(seen, known, { user: USER, signs: {}, before: "nothing" }).decision).toBe(decision);
});

test.each([
  { status: 403, decision: "refuse" },
  ...[408, 423, 425, 429, 502, 503, 504].map((status) => ({ status, decision: undefined })),
])("$status to somebody who is signed in, on another page: $decision", ({ status, decision }) => {
  const seen = sighting({ named: USER, html: good(USER, "Your customers", "denied"), status });
  expect(readSighting(seen, KNOWN, { user: USER, signs: {}, before: "nothing" }).decision).toBe(decision);
});

// A name of the app's own that is as short as initials may be that of several people.
test.each([
  { name: "abcde", as: undefined },
  { name: "abcdef", as: "marker" },
])("a name of the app's own, $name, tells whose session it is: $as", ({ name, as }) => {
  const names = ["carola", "dorian", "edmund"];
  const pages = familiarWith(names.map((one) => print(good(one), one)));
  const people = names.map((one) => ({ user: `${one}@x.example`, name: one }));
  const known = { ...KNOWN, naming: "own-name" as const, people, good: pages, identity: pages };
  const seen = sighting({ html: good(name), named: name });
  const told = readSighting(seen, known, { user: USER, signs: {}, before: "nothing", reference: name });
  expect([told.decision, told.as]).toEqual(["accept", as]);
});
