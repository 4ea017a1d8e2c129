import { afterAll, describe, expect, test } from "vitest";
import type { Emission } from "../harness/emission/emission.ts";
import { BUNDLED_SCENARIOS } from "../harness/scenario/bundled.ts";
import { loadScenarios } from "../harness/scenario/load.ts";
import type { Scenario } from "../harness/scenario/schema.ts";
import { undeclaredInToken, undeclaredInXml } from "./support/declared.ts";
import { startSteadyIssuer, steady } from "./support/steady-issuer.ts";
import { differences, type Structure, structureOf } from "./support/structure.ts";
import { tokenVerifies, xmlVerifies } from "./support/verify.ts";

const issuer = await startSteadyIssuer();
const { issue, idp } = issuer;
afterAll(() => issuer[Symbol.asyncDispose]());

const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));

/** Hashes of what comes beside a token: it has none when it is handed over alone; test/scenarios.test.ts asks by HTTP. */
const BY_HTTP_ONLY = ["at_hash", "c_hash", "s_hash"];

/** Members that the artifact handed over is made from; other patches change other messages. */
const ARTIFACT = /^\/(idToken|accessToken|samlResponse|wsFedResponse|eamResponse\/idToken)(\/|$)/;

function artifactPatches({ patch }: Emission): Emission["patch"] {
  return patch.filter(({ path }) => ARTIFACT.test(path));
}

function isXml({ channel }: Emission): boolean {
  return channel === "saml" || channel === "wsfed";
}

/** A scenario beside its control; where the profile is the fault, beside the control of that profile. */
interface Derived {
  readonly id: string;
  readonly emission: Emission;
  readonly control: Emission;
}

function isByHttpOnly({ emission: { patch } }: Scenario): boolean {
  return patch.some(({ path }) => BY_HTTP_ONLY.some((name) => path.endsWith(`/${name}`)));
}

const derived: readonly Derived[] = scenarios
  .filter((scenario) => !isByHttpOnly(scenario))
  .flatMap(({ id, emission, control }) => {
    const found = byId.get(control ?? "")?.emission;
    if (found === undefined) return [];
    return [{ id, emission: steady(emission), control: { ...steady(found), profile: emission.profile } }];
  });

async function render(emission: Emission): Promise<Structure> {
  return structureOf(await issue(emission));
}

async function undeclared(
  { emission, control }: Omit<Derived, "id">,
  draw = render,
): Promise<readonly string[]> {
  if (isXml(emission)) return await undeclaredInXml(emission, control, draw);
  const kept = artifactPatches(emission).map((patch) => JSON.stringify(patch));
  const dropped = artifactPatches(control).filter((patch) => !kept.includes(JSON.stringify(patch)));
  const pointers = [...artifactPatches(emission), ...dropped].map(({ path }) =>
    path.replace(/^\/(eamResponse\/)?\w+/, ""),
  );
  return undeclaredInToken(await draw(control), await draw(emission), pointers);
}

test("no scenario is left out but those whose member is in no artifact that is handed over", () => {
  const left = scenarios.filter(
    ({ id, control }) => control !== undefined && !derived.some((one) => one.id === id),
  );
  expect(left.filter((scenario) => !isByHttpOnly(scenario)).map(({ id }) => id)).toEqual([]);
});

/** At an issuer of its own such a patch names another one's address; what is handed over comes of that one anyway. */
function isAboutAddresses({ patch }: Emission): boolean {
  return patch.some(({ op }) => op === "address");
}

describe("before any tamper, an artifact differs from its control where its patches say, and nowhere else", () => {
  test.each(derived)("$id", async ({ emission, control }) => {
    expect(await undeclared({ emission, control })).toEqual([]);
    const changes = differences(await render(control), await render(emission));
    const more = artifactPatches(emission).length - artifactPatches(control).length;
    expect(changes.length > 0 || more <= 0 || isAboutAddresses(emission)).toBe(true);
  });
});

const published = derived.filter(
  ({ emission: { key, secret } }) => key === "published" && secret === undefined,
);

async function verifies(emission: Emission): Promise<boolean> {
  const artifact = await issue(emission);
  return isXml(emission) ? xmlVerifies(artifact, idp.trust) : await tokenVerifies(artifact, idp.trust);
}

/** Nothing is signed there, or nothing that a signature can name, and that is the fault; or not by the IdP alone. */
const NOTHING_TO_SIGN: readonly string[] = [
  "eam-refused", // an error in the place of a token
  "wsfed-no-assertion", // no token at all
  "wsfed-encrypted-token", // a token that the IdP did not make
  "wsfed-id-missing", // no id for a signature to refer to
  "valid-advice-signed", // somebody else's signature in the Advice is no real one
  "advice-signed-mfa-only", // as before
  "assertion-id-empty", // the signature refers to nothing, which stands for the whole document
];

function isAboutSigning({ patch }: Emission): boolean {
  return patch.some(({ path }) => /\/(header|signature)(\/|$)/.test(path));
}

describe("what is wrong with what is said is not wrong with the signature, too", () => {
  const said = published.filter(({ emission }) => !isAboutSigning(emission));
  test.each(said)("$id", async ({ id, emission }) => {
    expect(await verifies(emission)).toBe(!NOTHING_TO_SIGN.includes(id));
  });
});

describe("another key changes the signature, and nothing that is said", () => {
  const others = derived.filter(({ emission: { key } }) => key !== "published");
  test.each(others)("$id", async ({ emission }) => {
    expect(await verifies(emission)).toBe(false);
    const changes = differences(await render(emission), await render({ ...emission, key: "published" }));
    // KeyInfo may show the key that signs; a certificate is made anew each time, under another serial number.
    expect(changes.filter((place) => !/\/KeyInfo\[|\/x5c\//.test(place))).toEqual([]);
  });
});

describe("an emitter that changes one thing more than the entry declares is found out", () => {
  test.each([
    { id: "id-token-amr-missing", more: "/idToken/claims/exp", at: "/claims/exp" },
    { id: "id-token-amr-missing", more: "/idToken/header/kid", at: "/header/kid" },
    { id: "id-token-payload-list", more: "/idToken/header/typ", at: "/header/typ" },
    { id: "access-token-amr-missing", more: "/accessToken/claims/aud", at: "/claims/aud" },
    { id: "eam-amr-missing", more: "/eamResponse/idToken/claims/acr", at: "/claims/acr" },
    {
      id: "subject-twice",
      more: "/samlResponse/assertion/subject/nameId",
      at: "/Response[1]/Assertion[1]/Subject[1]/NameID[1]/text()",
    },
    {
      id: "signature-rsa-sha1",
      more: "/samlResponse/issuer",
      at: "/Response[1]/Issuer[1]/text()",
    },
    {
      id: "wsfed-wrong-audience",
      more: "/wsFedResponse/assertion/issuer",
      at: "/RequestSecurityTokenResponse[1]/RequestedSecurityToken[1]/Assertion[1]/@Issuer",
    },
  ])("$id and $more", async ({ id, more, at }) => {
    const one = derived.find((found) => found.id === id);
    if (one === undefined) throw new TypeError(`there is no scenario ${id}`);
    const hidden = { op: "set" as const, path: more, value: "undeclared" };
    const draw = async (emission: Emission): Promise<Structure> =>
      await render(
        emission === one.emission ? { ...emission, patch: [...emission.patch, hidden] } : emission,
      );
    expect(await undeclared(one, draw)).toEqual([at]);
  });
});
