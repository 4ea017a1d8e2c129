import { proveWorth } from "./control.ts";
import type { Measured } from "./goal.ts";
import { exponentOf, timeAll, timesText } from "./growth.ts";
import { makeSamlValidators, type SamlValidators } from "./saml-validators.ts";
import { attributeText, makeSigningKey, signedResponse } from "./signed-response.ts";

const KILOBYTE = 1024;
const SIZES = [64, 128, 256, 512, 1000].map((kilobytes) => kilobytes * KILOBYTE);
const ROUNDS = 5;
/** node-saml takes seconds for one message of this size, so it is asked few times. */
const PEER_ROUNDS = 2;

interface Shape {
  readonly name: string;
  readonly bar: number;
  /** Attribute elements of about so many characters. */
  readonly attributes: (size: number) => string;
}

/** Characters around each value. */
const VALUE_TAGS = attributeText("", [""]).length - attributeText("", []).length;

/** So many pieces of text that, each with so many characters around it, they come to the size. */
function repeat(size: number, text: (serial: number) => string, around: number): readonly string[] {
  const length = Math.floor(size / (text(10_000).length + around));
  return Array.from({ length }, (_, serial) => text(serial));
}

const SHAPES: readonly Shape[] = [
  {
    name: "many values",
    bar: 20,
    attributes: (size) =>
      attributeText(
        "groups",
        repeat(size, (serial) => `group-${serial}`, VALUE_TAGS),
      ),
  },
  {
    name: "many attributes",
    bar: 20,
    attributes: (size) =>
      repeat(size, (serial) => attributeText(`attribute-${serial}`, ["value"]), 0).join(""),
  },
  {
    name: "much text",
    bar: 1.5,
    attributes: (size) => attributeText("photo", ["c29tZSB0ZXh0".repeat(size / 12)]),
  },
];

/** Goal 4: how the judgement of a SAML response grows up to 1 MB, and node-saml at the largest size. */
export async function measureSamlGrowth(now: number): Promise<readonly Measured[]> {
  const key = await makeSigningKey(now);
  const validators = makeSamlValidators(key.certificate, "assertion", now);
  const measured: Measured[] = [];
  for (const shape of SHAPES) {
    const samples = SIZES.map((size) =>
      signedResponse({ attributes: shape.attributes(size), signed: "assertion", now }, key),
    );
    measured.push(...(await measureShape(shape, samples, validators)));
  }
  return measured;
}

async function measureShape(
  { name, bar }: Shape,
  samples: readonly string[],
  validators: SamlValidators,
): Promise<readonly Measured[]> {
  const { ours, "node-saml": peer } = validators;
  const [smallest = "", largest = ""] = [samples[0], samples.at(-1)];
  await proveWorth("our judge", ours, largest, largest.replace(">a.gent<", ">b.gent<"));
  await proveWorth("node-saml", peer, smallest, smallest.replace(">a.gent<", ">b.gent<"));
  const points = await timeAll(
    samples.map((xml) => ({ size: xml.length, task: async () => await ours(xml) })),
    ROUNDS,
  );
  const theirs = await timeAll(
    [{ size: largest.length, task: async () => await peer(largest) }],
    PEER_ROUNDS,
  );
  const [our, their] = [points.at(-1)?.milliseconds, theirs[0]?.milliseconds];
  return [
    {
      goal: `4 SAML response of 64 KB to 1 MB, ${name}, exponent of growth`,
      peer: "ours",
      ratio: exponentOf(points),
      must: { bar: 1.15, better: "less" },
      figures: timesText(points),
    },
    {
      goal: `4 SAML response of 1 MB, ${name}, rate`,
      peer: "node-saml",
      ratio: (their ?? Number.NaN) / (our ?? Number.NaN),
      must: { bar, better: "more" },
      figures: `${timesText(points.slice(-1))} against ${timesText(theirs)}`,
    },
  ];
}
