import { HarnessError } from "../../../../harness/errors.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import type { Scenario } from "../../../../harness/scenario/schema.ts";
import { targetsSchema } from "../../../../harness/target/definition/targets.ts";
import { externalAppTarget } from "../../../../harness/target/external-app.ts";
import type { Observation } from "../../../../harness/target/observation.ts";
import type { Target } from "../../../../harness/target/target.ts";
import type { Drivers, DrivenTransport } from "../../../../harness/transport/drivers.ts";
import { openOidc, openSaml } from "./federations.ts";
import type { Truth } from "./house.ts";
import type { Traits } from "./traits.ts";
import { startZooApp } from "./zoo-app.ts";

/** One app, and what it is visited with. */
export interface Visit {
  readonly idp: MockIdp;
  readonly drivers: Drivers;
  readonly channel: "oidc" | "saml";
  readonly traits: Traits;
  readonly transport: DrivenTransport;
  readonly cases: readonly { readonly role: string; readonly scenario: Scenario }[];
}

/** What was told of one case, and what was so. */
export interface Compared {
  readonly role: string;
  readonly user: string;
  readonly seen: Pick<Observation, "decision" | "as" | "confidence" | "signals">;
  /** Undefined: no answer came to the app. */
  readonly truth: Truth | undefined;
}

/** Visits an app of the zoo, and takes down what it says of itself. */
export async function visitZooApp(visit: Visit): Promise<readonly Compared[]> {
  const { idp, channel, traits, transport, cases } = visit;
  await using app = await startZooApp(idp, channel === "oidc" ? openOidc : openSaml, traits);
  const target = targetOf(app.origin, visit);
  const compared: Compared[] = [];
  for (const [index, { role, scenario }] of cases.entries()) {
    // The oracle's own sign-ins come after that of the case.
    const count = app.truths.length;
    const user = `${scenario.id}.${index}@partner.example`;
    const { emission, issuer, flow, steps, asked, asks, later } = scenario;
    const course = { issuer, flow, steps, asked, asks, later };
    const signal = AbortSignal.timeout(30_000);
    const seen = await target.observe({ emission, transport, user, signal, course }).catch(notSeen);
    compared.push({ role, user, seen, truth: app.truths[count] });
  }
  return compared;
}

/** An app that is not there any more, or cannot be read, has shown nothing: a run tells that as an error. */
function notSeen(error: unknown): Compared["seen"] {
  if (!(error instanceof HarnessError) || error.code !== "ERR_TARGET_UNREACHABLE") throw error;
  return { decision: undefined, signals: [error.message] };
}

function targetOf(origin: string, { idp, drivers, channel, traits }: Visit): Target {
  const signedIn =
    traits.place === "page"
      ? { selector: "#who" }
      : { url: `${origin}${traits.place === "api" ? "/api/customers" : "/me"}`, json: "/user/name" };
  const { zoo: app } = targetsSchema.parse({
    zoo: {
      kind: "app",
      channels: [channel],
      start: `${origin}${traits.dress === "shell" ? "/login" : "/portal"}`,
      signedIn,
      ...SIGNS[traits.signs],
      ...pressOf(traits),
    },
  });
  if (app?.kind !== "app") throw new TypeError("expected an app");
  return externalAppTarget({ name: "zoo", app, idp, drivers });
}

const SIGNS: Readonly<Record<Traits["signs"], object>> = {
  none: {},
  granted: { granted: { text: "Your customers" } },
  refused: { refused: { text: "too weak" } },
};

function pressOf({ way }: Traits): object {
  if (way === "asks-which-idp") return { press: ["#with-idp"] };
  return way === "asks-for-consent" ? { press: ["#read", "#agree"] } : {};
}

/** Whether something is told as sure that is not so. */
export function isSureLie(compared: Compared): boolean {
  return compared.seen.confidence === "high" && isLie(compared);
}

/** Whether what was told is not so. Nothing told is no lie. */
export function isLie({ seen, truth, user }: Compared): boolean {
  if (seen.decision === undefined) return false;
  if (truth === undefined) return true;
  if (seen.decision !== "accept") return truth.decision === "accept" || truth.locked;
  if (truth.decision !== "accept") return true;
  return seen.as !== undefined && (seen.as === "marker") !== (truth.as === user);
}
