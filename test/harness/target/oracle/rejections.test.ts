import { expect, test } from "vitest";
import type { Known } from "../../../../harness/target/oracle/known.ts";
import type { PagePrint } from "../../../../harness/target/oracle/page-print.ts";
import { makeRejections } from "../../../../harness/target/oracle/rejections.ts";
import { type Manner, type Tried, UNACCEPTABLE } from "../../../../harness/target/oracle/sign-in-once.ts";
import { good, LAST_PAGE, print, type Seen, sighting, USER } from "./sightings.ts";

interface Told extends Seen {
  readonly failures?: readonly string[];
  readonly isElsewhere?: true;
}

const SORRY = "<h2>Sorry</h2><p>That did not work, please try it again later.</p>";
const REJECTED: Told = { html: SORRY, cookies: [] };
const ACCEPTED: Told = { html: good("forge@x.example"), named: "forge@x.example" };

function tried({ failures = [], isElsewhere, ...seen }: Told): Tried {
  return {
    user: USER,
    seen: { ...sighting(seen), isOwnPage: isElsewhere !== true },
    failures,
    signedNames: [],
  };
}

/** The rejections of an app that rejects so, each answer in turn, and then lets good ones in or not. */
function rejectionsOf(told: readonly Told[], isUp: readonly boolean[] = [], known: Known = LAST_PAGE) {
  const asked: Manner[] = [];
  const reject = (manner: Manner): Promise<Tried> => {
    asked.push(manner);
    return Promise.resolve(tried(told[asked.length - 1] ?? ACCEPTED));
  };
  let looks = 0;
  const stillLetsIn = (): Promise<boolean> => Promise.resolve(isUp[looks++] ?? true);
  return { ...makeRejections(known, reject, stillLetsIn), asked };
}

function page(html: string, status = 200): PagePrint {
  return print(html, USER, "/callback", status);
}

test.each<{ title: string; told: Told[]; page: PagePrint; so: boolean; asked: number }>([
  { title: "the same page", told: [REJECTED], page: page(SORRY), so: true, asked: 1 },
  { title: "another page", told: [], page: page("<h2>Welcome</h2>"), so: false, asked: 3 },
  {
    title: "the page of a rejection, where the first answer was accepted",
    told: [ACCEPTED, REJECTED],
    page: page(SORRY),
    so: true,
    asked: 2,
  },
  {
    title: "the same places with another reason",
    told: [REJECTED],
    page: page("<h2>Error</h2><p>Expired</p>"),
    so: true,
    asked: 1,
  },
  {
    title: "more places with another reason",
    told: [REJECTED, REJECTED, REJECTED],
    page: page("<h2>Error</h2><p>Expired</p><p>Bye</p>"),
    so: false,
    asked: 3,
  },
  {
    title: "a page that names the user",
    told: [REJECTED],
    page: page(`<h2>Sorry</h2><p>${USER}</p>`),
    so: false,
    asked: 0,
  },
  { title: "a busy page", told: [REJECTED], page: page(SORRY, 503), so: false, asked: 0 },
  {
    title: "the page of an app that was busy",
    told: [
      { ...REJECTED, status: 503 },
      { ...REJECTED, status: 429 },
    ],
    page: page(SORRY),
    so: false,
    asked: 3,
  },
  {
    title: "a page beside a session",
    told: [{ html: SORRY, cookies: ["sid"] }],
    page: page(SORRY),
    so: false,
    asked: 3,
  },
  {
    title: "a page elsewhere",
    told: [{ ...REJECTED, isElsewhere: true }],
    page: page(SORRY),
    so: false,
    asked: 3,
  },
  {
    title: "a page like that of good sign-ins",
    told: [{ html: good("").replace("<b id", "<i id"), cookies: [] }],
    page: page(good("")),
    so: false,
    asked: 3,
  },
])("$title: $so", async ({ told, page: shown, so, asked }) => {
  const rejections = rejectionsOf(told);
  expect(await rejections.endSo(shown)).toBe(so);
  expect(rejections.asked).toEqual(UNACCEPTABLE.slice(0, asked));
});

test.each<{ title: string; failures: string[]; known?: Partial<Known>; told: Told[]; so: boolean }>([
  { title: "no failure", failures: [], told: [], so: true },
  {
    title: "one of a cancelled sign-in",
    failures: ["/callback 500"],
    known: { failures: ["/callback 500"] },
    told: [],
    so: true,
  },
  {
    title: "one of a rejection",
    failures: ["/error 500"],
    told: [{ ...REJECTED, failures: ["/error 500"] }],
    so: true,
  },
  {
    title: "one more than of a rejection",
    failures: ["/error 500", "/callback 500"],
    told: [{ ...REJECTED, failures: ["/error 500"] }],
    so: false,
  },
  {
    title: "one of two rejections, each a part",
    failures: ["/error 500", "/callback 500"],
    told: [
      { ...REJECTED, failures: ["/error 500"] },
      { ...REJECTED, failures: ["/callback 500"] },
    ],
    so: false,
  },
  {
    title: "one of a sign-in that was accepted",
    failures: ["/error 500"],
    told: [{ ...ACCEPTED, failures: ["/error 500"] }],
    so: false,
  },
])("$title is the app's way to reject: $so", async ({ failures, known = {}, told, so }) => {
  expect(await rejectionsOf(told, [], { ...LAST_PAGE, ...known }).failSo(failures)).toBe(so);
});

test("what an app did that was down is asked again, and what it did that was up is not", async () => {
  const rejections = rejectionsOf([REJECTED, REJECTED, REJECTED, REJECTED], [false, false, false, true]);
  expect(await rejections.endSo(page(SORRY))).toBe(false);
  expect(await rejections.endSo(page(SORRY))).toBe(true);
  expect(await rejections.endSo(page(SORRY))).toBe(true);
  expect(rejections.asked).toEqual([...UNACCEPTABLE, UNACCEPTABLE[0]]);
});
