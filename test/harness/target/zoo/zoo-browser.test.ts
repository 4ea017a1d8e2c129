import { afterAll, beforeAll, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { loadScenarios } from "../../../../harness/scenario/load.ts";
import { type Drivers, makeDrivers } from "../../../../harness/transport/drivers.ts";
import { type Traits, traitsOf } from "./traits.ts";
import { isLie, visitZooApp } from "./visit.ts";

let idp: MockIdp;
let drivers: Drivers;

beforeAll(async () => {
  idp = await startIdp();
  drivers = makeDrivers();
});

afterAll(async () => {
  await drivers[Symbol.asyncDispose]();
  await idp[Symbol.asyncDispose]();
});

const ROLES = {
  good: "id-token-with-mfa",
  forged: "id-token-names-of-somebody-else",
  stranger: "id-token-stranger-key",
};

test.each<{
  title: string;
  care: Traits["care"];
  traits: Partial<Traits>;
  told: readonly (string | undefined)[];
}>([
  {
    title: "a page that a script makes from what the browser keeps",
    care: "correct",
    traits: { dress: "made-by-script", session: "in-address" },
    told: ["accept", "accept", "refuse"],
  },
  {
    title: "a page to consent to",
    care: "fooled",
    traits: { way: "asks-for-consent" },
    told: ["accept", "accept", "accept"],
  },
])("in a browser: $title", { timeout: 120_000 }, async ({ care, traits, told }) => {
  const cases = await Promise.all(
    Object.entries(ROLES).map(async ([role, id]) => {
      const [scenario] = await loadScenarios([`scenarios/oidc/${id}.yaml`]);
      if (scenario === undefined) throw new Error(`there is no ${id}`);
      return { role, scenario };
    }),
  );
  const visit = { idp, drivers, channel: "oidc", transport: "browser", cases } as const;
  const compared = await visitZooApp({ ...visit, traits: traitsOf(care, [traits]) });
  expect(compared.filter(isLie)).toEqual([]);
  expect(compared.map(({ seen }) => seen.decision)).toEqual(told);
});
