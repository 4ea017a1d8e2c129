import { expect, test } from "vitest";
import { loadBundled } from "../../../harness/scenario/load.ts";
import type { Case } from "../../../harness/scenario/expand.ts";
import type { Attempted } from "../../../harness/run/attempt.ts";
import {
  ofUncheckedSignature,
  plainestCases,
  signatureProbe,
} from "../../../harness/run/unchecked-signature.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";

const IDS = [
  "id-token-bad-signature",
  "id-token-header-jwk",
  "id-token-unsigned",
  "id-token-kid-sql",
  "id-token-key-withdrawn",
  "id-token-wrong-audience",
  "id-token-encrypted-public-secret",
  "id-token-with-mfa",
];

const scenarios = new Map((await loadBundled(IDS)).map((one) => [one.id, one]));

await using idp = await startIdp();
const HTTP = idp.trust;
const TLS = { ...HTTP, oidcIssuer: HTTP.oidcIssuer.replace("http:", "https:") };

function caseOf(id: string): Case {
  const scenario = scenarios.get(id);
  if (scenario === undefined) throw new TypeError(`there is no scenario ${id}`);
  return { id: `${id}/protocol/app`, scenario, transport: "protocol", target: "app" };
}

interface Seen {
  readonly decision?: "accept" | "refuse";
  readonly as?: "marker" | "forged";
  readonly responseType?: string | null;
  readonly status?: "fail" | "pass";
}

function attempted({
  decision = "accept",
  as = "marker",
  responseType = "code",
  status = "fail",
}: Seen): Attempted {
  return {
    outcome: { status, differences: ["decision: accept, expected refuse"] },
    observation: { decision, as, signals: [], exchanges: [] },
    verdict: undefined,
    asked: responseType === null ? undefined : { response_type: responseType },
  };
}

const ALL = plainestCases(IDS.map(caseOf));

test.each<{
  name: string;
  id: string;
  trust?: typeof HTTP;
  seen?: Seen;
  takesProbe?: boolean;
  plainest?: ReadonlyMap<string, string>;
  status: "skip" | "fail" | "stands";
  says?: string;
}>([
  {
    name: "over TLS it is no failure",
    id: "id-token-header-jwk",
    trust: TLS,
    status: "skip",
    says: "over TLS",
  },
  { name: "over TLS, the plainest too", id: "id-token-bad-signature", trust: TLS, status: "skip" },
  { name: "over http one case tells it", id: "id-token-bad-signature", status: "fail", says: "plain http" },
  {
    name: "over http the others are part of it",
    id: "id-token-unsigned",
    status: "skip",
    says: "part of what id-token-bad-signature/protocol/app tells",
  },
  { name: "a kid that leads anywhere", id: "id-token-kid-sql", status: "skip" },
  { name: "a key that is published no more", id: "id-token-key-withdrawn", status: "skip" },
  { name: "over http, alone in its run", id: "id-token-unsigned", plainest: new Map(), status: "fail" },
  {
    name: "signatures are checked, but this one",
    id: "id-token-header-jwk",
    takesProbe: false,
    status: "stands",
  },
  {
    name: "signatures are checked, but this one, over TLS",
    id: "id-token-header-jwk",
    trust: TLS,
    takesProbe: false,
    status: "stands",
  },
  { name: "more is wrong than a signature", id: "id-token-wrong-audience", trust: TLS, status: "stands" },
  { name: "it is encrypted", id: "id-token-encrypted-public-secret", trust: TLS, status: "stands" },
  {
    name: "the ID token came by the browser",
    id: "id-token-header-jwk",
    trust: TLS,
    seen: { responseType: "code id_token" },
    status: "stands",
  },
  {
    name: "nobody knows how it came",
    id: "id-token-header-jwk",
    trust: TLS,
    seen: { responseType: null },
    status: "stands",
  },
  {
    name: "somebody else is signed in",
    id: "id-token-bad-signature",
    trust: TLS,
    seen: { as: "forged" },
    status: "stands",
  },
  { name: "it passed", id: "id-token-header-jwk", trust: TLS, seen: { status: "pass" }, status: "stands" },
])(
  "$name: $id → $status",
  async ({ id, trust = HTTP, seen = {}, takesProbe = true, plainest = ALL, status, says }) => {
    const ground = { trust, plainest, takesProbe: () => Promise.resolve(takesProbe) };
    const outcome = await ofUncheckedSignature(caseOf(id), attempted(seen), ground);
    expect(outcome?.status ?? "stands").toBe(status);
    expect(outcome?.differences.join("\n") ?? "").toContain(says ?? "");
  },
);

test("the probe is the control, but for one bit of its signature", () => {
  const control = caseOf("id-token-with-mfa").scenario;
  const { scenario, id } = signatureProbe(caseOf("id-token-header-jwk"), control);
  expect(id).toBe("id-token-with-mfa-with-broken-signature/protocol/app");
  expect(scenario.emission).toEqual({ ...control.emission, tamper: [{ op: "flip-signature" }] });
});
