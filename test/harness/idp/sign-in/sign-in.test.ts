import { parse } from "node-html-parser";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Channel } from "../../../../harness/emission/channels.ts";
import type { Emission, Profile } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { secondFactor } from "../eam/requests.ts";
import { emissionOf } from "../relying-party.ts";
import { openPage, submit, type FoundPage } from "../saml/sign-in.ts";

const ASKED = { wa: "wsignin1.0", wtrealm: "urn:app", wreply: "http://127.0.0.1:9/signin" };
const PERSON = { user: "person", action: "continue", password: "any" };

let idp: MockIdp;
let now = 1_800_000_000;

beforeAll(async () => {
  idp = await startIdp({ now: () => now });
});

// Each test has codes that no other one used.
beforeEach(() => {
  now += 300;
});

afterAll(async () => await idp.stop());

function offer(profile: Profile = "password-and-otp", channel: Channel = "wsfed"): string {
  return idp.offer(emissionOf({ channel, profile }), `offered: ${profile}`);
}

async function firstPage(parameters: Readonly<Record<string, string>> = ASKED): Promise<FoundPage> {
  return await openPage(`${idp.origin}/wsfed?${new URLSearchParams(parameters)}`);
}

async function send(page: FoundPage, entered: Readonly<Record<string, string>>): Promise<FoundPage> {
  return await submit(page, idp.origin, entered);
}

/** Signs in as a person as far as the second factor. */
async function begin(emission: string, factor: string): Promise<FoundPage> {
  return await send(await firstPage(), { ...PERSON, emission, factor });
}

function textOf({ html }: FoundPage, selector: string): string | undefined {
  return parse(html).querySelector(selector)?.text.trim();
}

function heading(page: FoundPage): string | undefined {
  return textOf(page, "h1");
}

function performed(choice: string): readonly unknown[] {
  return idp.issued(choice).map((artifact) => artifact.performed);
}

/** The right answer to the page of a second factor. */
function rightAnswer(page: FoundPage): Record<string, string> {
  return {
    code: textOf(page, "#current-code") ?? "",
    number: textOf(page, "#push-number") ?? "",
    action: "continue",
  };
}

describe("what was done is recorded, whatever is said", () => {
  test.each([
    { factor: "totp", profile: "password-and-otp", pages: ["Enter the code"], done: ["password", "totp"] },
    {
      factor: "totp",
      profile: "password-only",
      pages: ["Enter the code", "Said and done differ"],
      done: ["password", "totp"],
      differs: "The second factor was a one-time code; the answer says that there was none.",
    },
    {
      factor: "push",
      profile: "password-and-otp",
      pages: ["Approve on the phone", "Said and done differ"],
      done: ["password", "push"],
      differs: "The second factor was an approval on the phone; the answer says that it was a one-time code.",
    },
    { factor: "none", profile: "password-only", pages: [], done: ["password"] },
    {
      factor: "none",
      profile: "password-and-otp",
      pages: ["Said and done differ"],
      done: ["password"],
      differs: "No second factor was used; the answer says that there was a one-time code.",
    },
  ] as const)("$factor, and $profile is said: $pages", async ({ factor, profile, pages, done, ...rest }) => {
    const choice = offer(profile);
    const seen: unknown[] = [];
    let differs: string | undefined;
    let page = await begin(choice, factor);
    while (page.form?.kind === "sign-in-step") {
      seen.push(heading(page));
      differs = textOf(page, "#difference");
      page = await send(page, rightAnswer(page));
    }
    expect(seen).toEqual(pages);
    expect(differs).toBe("differs" in rest ? rest.differs : undefined);
    expect(page.form?.action).toBe(ASKED.wreply);
    expect(performed(choice)).toEqual([{ user: "person", methods: done, at: now }]);
  });

  test("an answer that is changed on purpose is not said to speak for itself", async () => {
    const choice = idp.offer(emissionOf({ channel: "wsfed", ...TAMPERED }), "changed");
    expect(textOf(await begin(choice, "none"), "#difference")).toBe(
      "No second factor was used; the answer says that there was a one-time code, before it is changed on purpose.",
    );
  });

  test("a driver's one form asks nobody for anything", async () => {
    const choice = offer();
    const { form } = await send(await firstPage(), { user: "driver", emission: choice, password: "wrong" });
    expect(form?.action).toBe(ASKED.wreply);
    expect(performed(choice)).toEqual([{ user: "driver", methods: [], at: now }]);
  });

  test("a driver may send all in one form", async () => {
    const shown = await begin(offer(), "totp");
    const choice = offer();
    const code = rightAnswer(shown)["code"] ?? "";
    await send(await firstPage(), { ...PERSON, emission: choice, factor: "totp", code });
    expect(performed(choice)).toEqual([{ user: "person", methods: ["password", "totp"], at: now }]);
  });
});

describe("what is wrong is said, and may be tried again", () => {
  test.each([
    { entered: { password: "wrong" }, says: "This password is wrong. Any other one is right." },
    { entered: { password: "" }, says: "Enter a password." },
    { entered: { step: "unknown" }, says: "That page was answered before, or is too old. Begin again." },
    { entered: { action: "session" }, says: "Nobody is signed in any more." },
  ])("first page with $entered", async ({ entered, says }) => {
    const choice = offer();
    const again = await send(await firstPage(), { ...PERSON, emission: choice, factor: "none", ...entered });
    expect([again.status, heading(again), textOf(again, "[role=alert]")]).toEqual([200, "Sign in", says]);
    expect(performed(choice)).toEqual([]);
  });

  test.each([
    { factor: "totp", entered: { code: "000000" }, says: "This code is wrong." },
    { factor: "totp", entered: { code: "" }, says: "This code is wrong." },
    { factor: "push", entered: { action: "deny" }, says: "The sign-in was denied on the phone." },
    {
      factor: "push",
      entered: { number: "1" },
      says: "Another number than the one below was chosen on the phone.",
    },
    { factor: "push", entered: {}, says: "Another number than the one below was chosen on the phone." },
  ])("$factor with $entered", async ({ factor, entered, says }) => {
    const choice = offer();
    const page = await begin(choice, factor);
    const again = await send(page, entered);
    expect(textOf(again, "[role=alert]")).toBe(says);
    if (factor === "push") expect(textOf(again, "#push-number")).not.toBe(textOf(page, "#push-number"));
    expect(performed(choice)).toEqual([]);
    const next = await send(again, rightAnswer(again));
    if (next.form?.kind === "sign-in-step") await send(next, { action: "continue" });
    expect(performed(choice)).toEqual([{ user: "person", methods: ["password", factor], at: now }]);
  });

  test("a code that was used opens nothing; the page shows the next one", async () => {
    const first = await begin(offer(), "totp");
    const used = rightAnswer(first);
    await send(first, used);
    const again = await send(await begin(offer(), "totp"), used);
    expect(textOf(again, "[role=alert]")).toBe("This code was used before; each opens once.");
    expect(rightAnswer(again)["code"]).not.toBe(used["code"]);
    expect((await send(again, rightAnswer(again))).form?.action).toBe(ASKED.wreply);
  });

  test("a page counts once", async () => {
    const choice = offer();
    const page = await begin(choice, "totp");
    await send(page, rightAnswer(page));
    expect(heading(await send(page, rightAnswer(page)))).toBe("Sign in");
    expect(performed(choice)).toHaveLength(1);
  });

  test("a page of one application finishes no sign-in of another", async () => {
    const choice = offer("password-only");
    const step = (await begin(choice, "totp")).form?.fields["step"] ?? "";
    const other = await firstPage({ ...ASKED, wtrealm: "urn:other" });
    expect(heading(await send(other, { step, action: "continue" }))).toBe("Sign in");
    expect(performed(choice)).toEqual([]);
  });

  test("back leads to the first page with what was entered, cancel out", async () => {
    const choice = offer();
    const back = await send(await begin(choice, "push"), { action: "back" });
    const page = parse(back.html);
    expect([
      page.querySelector("[name=user]")?.getAttribute("value"),
      page.querySelector("[name=factor][checked]")?.getAttribute("value"),
      page.querySelector("option[selected]")?.getAttribute("value"),
    ]).toEqual(["person", "push", choice]);
    expect((await send(await begin(choice, "push"), { action: "cancel" })).html).toContain("cancelled");
  });
});

const TAMPERED: Partial<Emission> = { tamper: [{ op: "replace-text", find: "a", replace: "b" }] };
const FAULTS: readonly Partial<Emission>[] = [
  TAMPERED,
  TAMPERED,
  { key: "stranger" },
  { patch: [{ op: "remove", path: "/wsFedResponse/assertion" }] },
];

/** The groups of the list of emissions, and how many each has. */
function groups({ html }: FoundPage): unknown {
  return parse(html)
    .querySelectorAll("optgroup")
    .map((group) => [group.getAttribute("label"), group.querySelectorAll("option").length]);
}

describe("the list of emissions", () => {
  test("is grouped, and a long one is filtered before anybody is signed in", async () => {
    await using crowded = await startIdp();
    const ids = Array.from({ length: 30 }, (_, index) =>
      crowded.offer(emissionOf({ channel: "wsfed", ...FAULTS[index] }), `number ${index}`),
    );
    const page = await openPage(`${crowded.origin}/wsfed?${new URLSearchParams(ASKED)}`);
    expect(groups(page)).toEqual([
      ["WS-Federation response: as it is", 28],
      ["WS-Federation response: changed after signing", 2],
      ["WS-Federation response: signed by another key", 1],
      ["WS-Federation response: wsFedResponse assertion", 1],
    ]);
    const entered = { ...PERSON, factor: "none", emission: ids[9] ?? "" };
    const found = await submit(page, crowded.origin, { ...entered, find: "ws-federation RESPONSE: changed" });
    expect(groups(found)).toEqual([
      ["WS-Federation response: changed after signing", 2],
      ["WS-Federation response: as it is", 1],
    ]);
    expect(parse(found.html).querySelector("option[selected]")?.getAttribute("value")).toBe(ids[9]);
    expect(textOf(found, "#find-hint")).toMatch(/^3 of 32 shown/);
    const done = await submit(found, crowded.origin, { ...entered, find: "ws-federation RESPONSE: changed" });
    expect(heading(done)).toBe("Said and done differ");
  });
});

test.each([
  { field: "user", value: "x".repeat(257) },
  { field: "user", value: "\u0000" },
  { field: "password", value: "x".repeat(1025) },
  { field: "factor", value: "sms" },
  { field: "action", value: "continue-anyway" },
  { field: "emission", value: "x".repeat(257) },
  { field: "step", value: "x".repeat(65) },
])("a form whose $field cannot be used is refused by name", async ({ field, value }) => {
  const refused = await send(await firstPage(), { ...PERSON, [field]: value });
  expect(refused.status).toBe(400);
  expect(refused.html).toContain(`The request lacks a usable ${field}.`);
});

test("an external method asks for no password: Entra did", async () => {
  const choice = offer("password-and-otp", "eam");
  const page = await secondFactor(idp, {}, { emission: choice, action: "continue", factor: "push" });
  expect(page.html).toContain("Approve on the phone");
  expect(page.html).not.toContain("password</dd>");
});

test("what people type is text on every page", async () => {
  const user = `<script>alert("1")</script>`;
  const emission = idp.offer(emissionOf({ channel: "wsfed" }), user);
  const asked = await firstPage({ ...ASKED, wtrealm: user });
  const pages = [asked, await send(asked, { ...PERSON, user, emission, find: user })];
  for (const factor of ["totp", "push", "none"]) {
    const page = await send(asked, { ...PERSON, user, emission, factor });
    pages.push(page, await send(page, { action: "back" }));
  }
  expect(pages.map(heading)).toEqual([
    "Sign in",
    "Sign in",
    "Enter the code",
    "Sign in",
    "Approve on the phone",
    "Sign in",
    "Said and done differ",
    "Sign in",
  ]);
  for (const { html } of pages) {
    expect(html).not.toContain("<script>alert");
    expect(html).not.toMatch(/\b(?:src|href)=/);
  }
});
