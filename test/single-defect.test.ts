import { createPublicKey, verify } from "node:crypto";
import { DOMParser } from "@xmldom/xmldom";
import { afterAll, describe, expect, test } from "vitest";
import { SignedXml } from "xml-crypto";
import type { Emission } from "../harness/emission/emission.ts";
import { startIdp } from "../harness/idp/start-idp.ts";
import { BUNDLED_SCENARIOS } from "../harness/scenario/bundled.ts";
import { loadScenarios } from "../harness/scenario/load.ts";
import type { Scenario } from "../harness/scenario/schema.ts";
import { libraryTarget } from "../harness/target/library.ts";
import { differences, regions, structureOf } from "./support/structure.ts";

const NOW = 1_795_000_000;
const idp = await startIdp({ now: () => NOW });
afterAll(() => idp.stop());
const target = libraryTarget(idp, () => NOW);

const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));

async function issue(emission: Emission): Promise<string> {
  const { signal } = new AbortController();
  const seen = await target.observe({ emission, transport: "direct", user: "one@partner.example", signal });
  return seen.issued?.artifact ?? "";
}

/** Where two messages of one emission differ: ids made at random, which are nobody's defect. */
async function noiseOf(emission: Emission): Promise<ReadonlySet<string>> {
  return new Set(differences(structureOf(await issue(emission)), structureOf(await issue(emission))));
}

/** Members that the artifact handed over is made from; other patches change other messages. */
const ARTIFACT = /^\/(idToken|accessToken|samlResponse|wsFedResponse|eamResponse\/idToken)(\/|$)/;

function artifactPatches({ patch }: Emission): Emission["patch"] {
  return patch.filter(({ path }) => ARTIFACT.test(path));
}

/** Pointers of a token that the patches of an emission name, seen from the token. */
function declaredPlaces(emission: Emission): readonly string[] {
  return artifactPatches(emission).map(({ path }) => path.replace(/^\/(eamResponse\/)?\w+/, ""));
}

/** Changes of a token that no patch names. */
function undeclared(places: readonly string[], emission: Emission): readonly string[] {
  const declared = declaredPlaces(emission);
  return places.filter(
    (place) =>
      !declared.some((one) => place === one || place.startsWith(`${one}/`) || one.startsWith(`${place}/`)),
  );
}

function tokenVerifies(jwt: string): boolean {
  const [header = "", claims = "", signature = ""] = jwt.split(".");
  return [...idp.trust.jwks.keys, ...idp.trust.eamJwks.keys].some((jwk) => {
    const key = createPublicKey({ key: { ...jwk }, format: "jwk" });
    if (key.asymmetricKeyType !== "rsa") return false;
    return verify("sha256", Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url"));
  });
}

function xmlVerifies(xml: string): boolean {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const found = Array.from(
    document.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature"),
  );
  return (
    found.length > 0 &&
    found.every((signature) => {
      const signed = new SignedXml({ publicCert: idp.trust.samlCertificate, idAttribute: "AssertionID" });
      signed.loadSignature(signature);
      return signed.checkSignature(xml);
    })
  );
}

const isXml = ({ emission: { channel } }: Scenario): boolean => ["saml", "wsfed"].includes(channel);
const derived = scenarios.flatMap((scenario) => {
  const control = byId.get(scenario.control ?? "");
  return control === undefined || !scenario.transport.includes("direct")
    ? []
    : [{ id: scenario.id, scenario, control }];
});
const tokens = derived.filter(({ scenario }) => !isXml(scenario));
const responses = derived.filter(({ scenario }) => isXml(scenario));

describe("before any tamper, a token differs from its control where its patches say, and nowhere else", () => {
  test.each(tokens)("$id", async ({ scenario, control }) => {
    const { emission } = scenario;
    const [good, bad] = [await issue(control.emission), await issue({ ...emission, tamper: [] })];
    const noise = await noiseOf(control.emission);
    const places = differences(structureOf(good), structureOf(bad)).filter((place) => !noise.has(place));
    if (emission.profile === control.emission.profile) expect(undeclared(places, emission)).toEqual([]);
    if (artifactPatches(emission).length > 0) expect(places).not.toEqual([]);
  });
});

describe("before any tamper, a response differs from its control in no more places than it has patches", () => {
  test.each(responses)("$id", async ({ scenario, control }) => {
    const { emission } = scenario;
    const [good, bad] = [await issue(control.emission), await issue({ ...emission, tamper: [] })];
    const noise = await noiseOf(control.emission);
    const places = differences(structureOf(good), structureOf(bad)).filter((place) => !noise.has(place));
    const changed = regions(places);
    const patches = artifactPatches(emission).length;
    if (emission.profile === control.emission.profile) expect(changed.slice(patches)).toEqual([]);
    if (patches > 0) expect(changed).not.toEqual([]);
  });
});

describe("a tamper changes what was signed, and the signature tells", () => {
  test.each(derived.filter(({ scenario }) => scenario.emission.tamper.length > 0))(
    "$id",
    async ({ scenario }) => {
      const before = await issue({ ...scenario.emission, tamper: [] });
      const after = await issue(scenario.emission);
      expect(after).not.toBe(before);
    },
  );
});

describe("a control is signed with the published key, as two libraries see it", () => {
  const controls = [...new Set(derived.map(({ control }) => control))];
  test.each(controls)("$id", async (control) => {
    const artifact = await issue(control.emission);
    expect(isXml(control) ? xmlVerifies(artifact) : tokenVerifies(artifact)).toBe(true);
  });
});
