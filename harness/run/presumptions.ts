import { type Asks, asksAbout } from "../scenario/asks.ts";
import type { Presumption, Scenario } from "../scenario/schema.ts";
import type { Observation } from "../target/observation.ts";
import type { Outcome } from "./events.ts";

type Asked = Readonly<Record<string, string>>;

/** What the request of an app shows of what a scenario takes for granted. */
interface Shown {
  readonly isMet: (asked: Asked, observation: Observation) => boolean;
  /** Why the scenario says nothing of an app that does otherwise. */
  readonly why: string;
}

/** How old the sign-ins are that scenarios call stale. */
const OLD_SECONDS = 7200;

const PRESUMED: Readonly<Record<Presumption, Shown>> = {
  nonce: {
    isMet: ({ nonce }) => nonce !== undefined,
    why: "not applicable: the app sent no nonce, as it may in the code flow (OIDC Core §3.1.2.1), so none can be wrong",
  },
  state: {
    isMet: ({ state }) => state !== undefined,
    why: "not applicable: the app sent no state, which is only recommended (OIDC Core §3.1.2.1), so none can be wrong",
  },
  "age-limit": {
    isMet: ({ max_age: maxAge, ForceAuthn, wfresh }, { maxAuthAgeSeconds: own = Infinity }) => {
      const asked = maxAge === undefined ? Infinity : Number(maxAge);
      return ForceAuthn !== undefined || wfresh !== undefined || Math.min(own, asked) < OLD_SECONDS;
    },
    why: "not applicable: the app asked for no fresh sign-in (max_age, ForceAuthn, wfresh), and its file names no maxAuthAgeSeconds below two hours, so the sign-in was not too old for it",
  },
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether everything that is wanted is in what was found, whatever is there besides. */
function holds(found: unknown, wanted: unknown): boolean {
  if (!isObject(wanted)) return JSON.stringify(found) === JSON.stringify(wanted);
  return isObject(found) && Object.entries(wanted).every(([name, value]) => holds(found[name], value));
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function namesAll(text: string | undefined, words: readonly string[]): boolean {
  const found = text?.split(" ") ?? [];
  return words.every((word) => found.includes(word));
}

/** Words of what a scenario has an app ask for that its request did not say. */
function unasked(asks: Asks, asked: Asked, user: string): readonly string[] {
  const { requestedAuthnContext: context, nameIdFormat, subject } = asksAbout(asks, user);
  const said: readonly (readonly [string, boolean])[] = [
    ["acr_values", namesAll(asked["acr_values"], asks.acr_values ?? [])],
    ["claims", asks.claims === undefined || holds(parsed(asked["claims"]), asks.claims)],
    ["max_age", asks.max_age === undefined || asked["max_age"] === String(asks.max_age)],
    ["prompt", asks.prompt === undefined || namesAll(asked["prompt"], [asks.prompt])],
    ["RequestedAuthnContext", namesAll(asked["RequestedAuthnContext"], context?.classes ?? [])],
    ["Comparison", context === undefined || (asked["Comparison"] ?? "exact") === context.comparison],
    ["ForceAuthn", asks.forceAuthn === undefined || asked["ForceAuthn"] !== undefined],
    ["IsPassive", asks.isPassive === undefined || asked["IsPassive"] !== undefined],
    ["NameIDPolicy", nameIdFormat === undefined || asked["NameIDPolicy"] === nameIdFormat],
    ["Subject", subject === undefined || asked["Subject"] === subject],
  ];
  return said.flatMap(([word, isSaid]) => (isSaid ? [] : [word]));
}

/** Requests for a sign-in of this moment; an IdP that disobeys one can be found out by the time of the sign-in alone. */
const FRESH: readonly string[] = ["prompt", "max_age", "ForceAuthn", "wfresh"];

/**
 * Words of which the app would have had to say one for the IdP to disobey it: where an answer is good but for what was
 * asked, nothing was wrong unless it was asked.
 */
function disobeyed({ emission, later, expect }: Scenario): readonly string[] {
  const ignored: readonly string[] = later?.ignore ?? emission.ignore;
  if (expect.verdict !== "compliant") return [];
  const fresh = ignored.filter((word) => FRESH.includes(word));
  return fresh.length > 0 ? [...fresh, "max_age"] : ignored;
}

function undecided(scenario: Scenario, asked: Asked, user: string): readonly string[] {
  const { asks, steps } = scenario;
  // The browser takes away what the app asks for in such a step, so that the IdP never hears of it.
  const isEdited = steps.includes("sign-in-edited");
  const missing = asks === undefined || isEdited ? [] : unasked(asks, asked, user);
  const words = disobeyed(scenario);
  const isObeyed = words.length > 0 && !words.some((word) => asked[word] !== undefined);
  return [
    ...missing.map(
      (word) => `the app did not ask for ${word} as this scenario has it ask; look at its addresses`,
    ),
    ...(isObeyed && missing.length === 0
      ? [`the app asked for none of ${words.join(", ")}, so the IdP disobeyed nothing`]
      : []),
  ];
}

/**
 * What a scenario takes for granted and the app's own request shows to be otherwise: the app then did nothing wrong.
 *
 * @returns the outcome instead; undefined: all holds, or nothing shows what the app asked for
 */
export function presumedOtherwise(scenario: Scenario, observation: Observation): Outcome | undefined {
  const { asked, user = "" } = observation.issued ?? {};
  if (asked === undefined) return undefined;
  const { presumes = [] } = scenario;
  const skipped = presumes.map((name) => PRESUMED[name]).find(({ isMet }) => !isMet(asked, observation));
  if (skipped !== undefined) return { status: "skip", differences: [skipped.why] };
  const differences = undecided(scenario, asked, user);
  return differences.length === 0 ? undefined : { status: "inconclusive", differences };
}
