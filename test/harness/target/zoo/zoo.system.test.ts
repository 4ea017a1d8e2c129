import { array, assert, asyncProperty, constantFrom } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HarnessError } from "../../../../harness/errors.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { loadBundled } from "../../../../harness/scenario/load.ts";
import type { Scenario } from "../../../../harness/scenario/schema.ts";
import { type Drivers, makeDrivers } from "../../../../harness/transport/drivers.ts";
import { AWKWARD, type Traits, traitsOf } from "./traits.ts";
import { type Compared, isLie, isSureLie, type Visit, visitZooApp } from "./visit.ts";

/** A good sign-in, one without MFA, three forged or stale in ways of their own, and a good one again. */
const SCENARIOS = {
  oidc: {
    good: "id-token-with-mfa",
    weak: "id-token-password-only",
    stranger: "id-token-stranger-key",
    forged: "id-token-names-of-somebody-else",
    expired: "id-token-expired",
    again: "id-token-with-mfa",
  },
  saml: {
    good: "class-multipleauthn",
    weak: "class-password",
    stranger: "response-stranger-key",
    forged: "wrapping-xsw3",
    expired: "response-expired",
    again: "class-multipleauthn",
  },
} as const;

const FOOLED = ["good", "stranger", "forged"];

let idp: MockIdp;
let drivers: Drivers;
let scenarios: ReadonlyMap<string, Scenario>;

beforeAll(async () => {
  idp = await startIdp();
  drivers = makeDrivers();
  const loaded = await loadBundled(Object.values(SCENARIOS).flatMap((roles) => Object.values(roles)));
  scenarios = new Map(loaded.map((scenario) => [scenario.id, scenario]));
});

afterAll(async () => {
  await drivers[Symbol.asyncDispose]();
  await idp[Symbol.asyncDispose]();
});

async function compare(
  channel: Visit["channel"],
  traits: Traits,
  transport: Visit["transport"],
): Promise<readonly Compared[]> {
  const isNeeded = (role: string): boolean =>
    role === "again"
      ? traits.trouble.startsWith("locks")
      : traits.care === "correct" || FOOLED.includes(role);
  const cases = Object.entries(SCENARIOS[channel])
    .filter(([role]) => isNeeded(role))
    .map(([role, id]) => ({ role, scenario: scenarioOf(id) }));
  return await visitZooApp({ idp, drivers, channel, traits, transport, cases });
}

function scenarioOf(id: string): Scenario {
  const scenario = scenarios.get(id);
  if (scenario === undefined) throw new Error(`there is no ${id}`);
  return scenario;
}

/** The cases of which nobody can tell anything who only sees what the app shows. */
function untold(
  compared: readonly Compared[],
  { names, weak, signs, trouble, place }: Traits,
): readonly string[] {
  // Of the refusal after which the app locks, no good sign-in proves that it was one.
  const lock = trouble.startsWith("locks")
    ? compared.findIndex(({ truth }) => truth?.locked === true) - 1
    : -1;
  const isSaid =
    place !== "api" && ["page-by-200", "extra-line", "level"].includes(weak) && signs !== "refused";
  const isUntold = ({ role, truth }: Compared, index: number): boolean => {
    if (lock >= 0 && index >= lock) return true;
    if (truth === undefined || truth.locked || trouble === "first-for-ever") return true;
    // A name of the app's own that is not the user's may be any words.
    if (role === "forged" && truth?.decision === "accept")
      return ["initials", "hash", "local-part"].includes(names);
    return role === "weak" && truth?.decision === "refuse" && isSaid;
  };
  return compared.filter(isUntold).map(({ role }) => role);
}

const kinds = Object.keys(AWKWARD);

const variants = kinds.flatMap((kind, index) => {
  const channel = index % 2 === 0 ? ("oidc" as const) : ("saml" as const);
  const correct = { kind, channel, care: "correct" as const };
  return index % 3 === 0 ? [correct, { kind, channel, care: "fooled" as const }] : [correct];
});

test.each(variants)("$kind, $care, $channel", { timeout: 60_000 }, async ({ kind, channel, care }) => {
  const traits = traitsOf(care, [AWKWARD[kind] ?? {}]);
  const compared = await compare(channel, traits, "protocol");
  expect(compared.filter(isLie)).toEqual([]);
  expect(compared.filter(isSureLie)).toEqual([]);
  const silent = compared.filter(({ seen }) => seen.decision === undefined);
  expect(silent.map(({ role }) => role)).toEqual(untold(compared, traits));
});

/** An app of which nothing can be learned has no case, and nothing is told of it. */
function notToBeRead(error: unknown): readonly Compared[] {
  if (error instanceof HarnessError && error.code === "ERR_TARGET_UNREACHABLE") return [];
  throw error;
}

const anyTraits = array(constantFrom(...Object.values(AWKWARD)), { minLength: 2, maxLength: 4 }).chain(
  (some) => constantFrom("correct" as const, "fooled" as const).map((care) => traitsOf(care, some)),
);

test(
  "whatever is awkward about an app, nothing is told of it that is not so",
  { timeout: 600_000 },
  async () => {
    const isSo = asyncProperty(
      anyTraits,
      constantFrom("oidc" as const, "saml" as const),
      async (traits, channel) => {
        const compared = await compare(channel, traits, "protocol").catch(notToBeRead);
        expect(compared.filter(isLie)).toEqual([]);
      },
    );
    await assert(isSo, {
      numRuns: Number(process.env["RUNS"] ?? 4),
      seed: Number(process.env["SEED"] ?? 19),
      endOnFailure: true,
    });
  },
);
