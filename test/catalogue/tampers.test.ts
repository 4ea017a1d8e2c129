import { afterAll, describe, expect, test } from "vitest";
import type { Emission } from "../../harness/emission/emission.ts";
import { BUNDLED_SCENARIOS } from "../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../harness/scenario/load.ts";
import { startSteadyIssuer, steady } from "../support/steady-issuer.ts";
import { differences, structureOf } from "../support/structure.ts";
import { anyXmlSignatureVerifies } from "../support/verify.ts";

const issuer = await startSteadyIssuer();
afterAll(() => issuer[Symbol.asyncDispose]());

type Tamper = Emission["tamper"][number];
const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);

/** Every tamper of the catalogue, before and after: earlier tampers of the same scenario are in both. */
const steps = scenarios
  .filter(({ transport }) => transport.includes("direct"))
  .flatMap(({ id, emission }) =>
    emission.tamper.map((tamper, index) => {
      const before = { ...steady(emission), tamper: emission.tamper.slice(0, index) };
      const after = { ...before, tamper: [...before.tamper, tamper] };
      return { name: `${id} ${index} ${tamper.op}`, channel: emission.channel, tamper, before, after };
    }),
  );
const isXml = ({ channel }: { readonly channel: string }): boolean => ["saml", "wsfed"].includes(channel);

/** Segments of a token that a tamper may touch; for the rest, what has to come of it word for word. */
function touched(tamper: Tamper): readonly number[] {
  switch (tamper.op) {
    case "strip-signature":
      return [0, 2];
    case "set-header":
      return [0];
    case "replace-text":
      return [1];
    case "set-segment":
    case "respell-segment":
      return [["header", "payload", "signature"].indexOf(tamper.segment)];
    case "swap-segments":
      return tamper.segments.map((name) => ["header", "payload", "signature"].indexOf(name));
    default:
      return [2];
  }
}

const WHOLE: readonly string[] = [
  "append-segment",
  "surround-token",
  "drop-segment",
  "json-serialization",
  "encrypt",
];

describe("a tamper of a token leaves the segments alone that it does not name", () => {
  test.each(steps.filter((step) => !isXml(step) && !WHOLE.includes(step.tamper.op)))(
    "$name",
    async ({ tamper, before, after }) => {
      const [good, bad] = [(await issuer.issue(before)).split("."), (await issuer.issue(after)).split(".")];
      const changed = good.flatMap((segment, index) => (segment === bad[index] ? [] : [index]));
      expect(bad).toHaveLength(good.length);
      expect(changed).not.toEqual([]);
      expect(changed.filter((index) => !touched(tamper).includes(index))).toEqual([]);
    },
  );
});

describe("a tamper of a whole token keeps all three segments, or leaves one out, or hides them", () => {
  test.each(steps.filter(({ tamper }) => WHOLE.includes(tamper.op) && tamper.op !== "encrypt"))(
    "$name",
    async ({ tamper, before, after }) => {
      const [good, bad] = [await issuer.issue(before), await issuer.issue(after)];
      const kept = good.split(".").filter((segment) => bad.includes(segment));
      expect(kept).toHaveLength(tamper.op === "drop-segment" ? 2 : 3);
    },
  );
});

function blank(xml: string): string {
  return xml.replaceAll(/(<ds:SignatureValue>)[^<]*/g, "$1");
}

/** What a tamper of XML leaves alone, as text: undone, or left out, there is no difference any more. */
function withoutTamper(tamper: Tamper, good: string, bad: string): readonly [string, string] {
  switch (tamper.op) {
    case "flip-signature":
      return [blank(good), blank(bad)];
    case "prepend-doctype":
      return [`${tamper.declaration}${good}`, bad];
    case "replace-text":
      return [good.split(tamper.find).join(tamper.replace), bad];
    case "repeat-text":
      return [good, bad.replace(tamper.find.repeat(tamper.times + 1), () => tamper.find)];
    default:
      throw new TypeError(`${tamper.op} is no change of text`);
  }
}

const TEXTS: readonly string[] = ["flip-signature", "prepend-doctype", "replace-text", "repeat-text"];
const responses = steps.filter(isXml);

describe("a tamper of XML text changes that text and no other", () => {
  test.each(responses.filter(({ tamper }) => TEXTS.includes(tamper.op)))(
    "$name",
    async ({ tamper, before, after }) => {
      const [good, bad] = [await issuer.issue(before), await issuer.issue(after)];
      const [one, other] = withoutTamper(tamper, good, bad);
      expect(good === bad).toBe(false);
      expect(one === other).toBe(true);
    },
  );
});

/** The only elements inside which a tamper of the structure may change anything. */
const INSIDE: Readonly<Record<string, string>> = {
  "strip-signature": "/Signature[",
  "strip-first-signature": "/Signature[",
  "forge-digest": "/Signature[",
  "insert-signed-metadata": "/EntityDescriptor[",
};

describe("a tamper of signatures or beside the answer changes nothing of the answer", () => {
  test.each(responses.filter(({ tamper }) => tamper.op in INSIDE))(
    "$name",
    async ({ tamper, before, after }) => {
      const [good, bad] = [await issuer.issue(before), await issuer.issue(after)];
      expect(good === bad).toBe(false);
      const changed = differences(structureOf(good), structureOf(bad));
      expect(changed.filter((place) => !place.includes(INSIDE[tamper.op] ?? "nowhere"))).toEqual([]);
    },
  );
});

/** A verifier that refuses an id that is there twice cannot see that the signature of the first still holds. */
const ID_TWICE: readonly string[] = ["same-id", "second-id", "xml-id"];

describe("a wrapped answer still holds a signature that is right, which is what makes it dangerous", () => {
  const wrapped = responses.filter(({ tamper }) => tamper.op === "wrap");
  test.each(wrapped)("$name", async ({ tamper, before, after }) => {
    const [good, bad] = [await issuer.issue(before), await issuer.issue(after)];
    expect(good === bad).toBe(false);
    const isTwice = "form" in tamper && ID_TWICE.includes(tamper.form);
    expect(anyXmlSignatureVerifies(bad, issuer.idp.trust)).toBe(!isTwice);
  });
});

test("every tamper of the catalogue is in one of these tables but encryption, which hides the token", () => {
  const known = [...TEXTS, ...Object.keys(INSIDE), "wrap"];
  expect(responses.filter(({ tamper }) => !known.includes(tamper.op)).map(({ name }) => name)).toEqual([]);
});
