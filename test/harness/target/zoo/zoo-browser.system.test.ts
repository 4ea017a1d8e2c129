import { afterAll, beforeAll, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { loadBundled } from "../../../../harness/scenario/load.ts";
import { type Drivers, makeDrivers } from "../../../../harness/transport/drivers.ts";
import { type Traits, traitsOf } from "./traits.ts";
import { isLie, isSureLie, visitZooApp } from "./visit.ts";

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

const SCENARIOS = {
  good: "id-token-with-mfa",
  stranger: "id-token-stranger-key",
} as const;

type Role = keyof typeof SCENARIOS;

test.each<{
  title: string;
  traits: Partial<Traits>;
  told: Readonly<Partial<Record<Role, string | undefined>>>;
}>([
  {
    title: "a page that a script makes from what the browser keeps",
    traits: { dress: "made-by-script" },
    told: { good: "accept", stranger: "refuse" },
  },
  { title: "a name in a frame", traits: { dress: "in-frame" }, told: { good: undefined } },
])("in a browser: $title", { timeout: 60_000 }, async ({ traits, told }) => {
  const ids = Object.entries(SCENARIOS).filter(([role]) => role in told);
  const loaded = await loadBundled(ids.map(([, id]) => id));
  const cases = loaded.map((scenario, index) => ({ role: ids[index]?.[0] ?? "", scenario }));
  const visit = { idp, drivers, channel: "oidc", transport: "browser", cases } as const;
  const compared = await visitZooApp({ ...visit, traits: traitsOf("correct", [traits]) });
  expect(compared.filter((one) => isLie(one) || isSureLie(one))).toEqual([]);
  expect(Object.fromEntries(compared.map(({ role, seen }) => [role, seen.decision]))).toEqual(told);
});
