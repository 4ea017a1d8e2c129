import type { Asks } from "../scenario/asks.ts";
import type { Scenario, Step } from "../scenario/schema.ts";
import { placeholdersOf } from "./address-pattern.ts";
import { lackingWords } from "./asked-words.ts";
import type { AppDefinition } from "./definition/app.ts";

/** What decides which scenarios an app can be taken through. */
export interface Abilities {
  readonly app: AppDefinition;
  /** Whether somebody is registered at the IdP who hears at the app's origin that a session ended. */
  readonly hearsLogout: boolean;
}

/** Steps in which only the browser and the IdP take part need nothing. */
const NOTHING = (): readonly string[] => [];

type NeedsOfStep = (abilities: Abilities, scenario: Scenario) => readonly string[];

const BY_STEP: Readonly<Record<Step, NeedsOfStep>> = {
  "sign-in": NOTHING,
  "sign-in-again": addressed("sign-in-again"),
  // A sign-in that begins elsewhere than at the protected page leads to the IdP whoever is signed in.
  "sign-in-silently": (abilities, scenario) =>
    beginsByAddress(abilities.app, scenario) ? [] : addressed("sign-in-silently")(abilities, scenario),
  "sign-in-edited": NOTHING,
  "step-up": addressed("step-up"),
  refresh: addressed("refresh"),
  "user-info": addressed("user-info"),
  replay: NOTHING,
  "idp-initiated": ({ app }, { emission }) => {
    const { idpInitiated, initiate } = app.addresses ?? {};
    if (idpInitiated !== undefined) return [];
    return emission.channel === "oidc" && initiate !== undefined ? [] : ["addresses.idpInitiated"];
  },
  "back-channel-logout": ({ hearsLogout }) =>
    hearsLogout ? [] : ["backchannelLogoutUri in serve.relyingParties, at the origin of start"],
  hold: NOTHING,
  "other-browser": NOTHING,
  "begin-elsewhere": addressed("initiate"),
  deliver: NOTHING,
  "deliver-earlier": NOTHING,
  "deliver-other-code": ({ app }) => (app.flow === "implicit" ? ["flow: code"] : []),
  "deliver-other-access-token": NOTHING,
};

type Addressed = keyof NonNullable<AppDefinition["addresses"]>;

function addressed(name: Addressed): NeedsOfStep {
  return ({ app }) => (app.addresses?.[name] === undefined ? [`addresses.${name}`] : []);
}

/** Whether a flow is none that the app's own protected page begins. */
function isOtherFlow(app: AppDefinition, { flow }: Scenario): boolean {
  return flow !== "code" && flow !== app.flow;
}

/** Whether a sign-in begins elsewhere than at the app's protected page. */
function beginsByAddress(app: AppDefinition, scenario: Scenario): boolean {
  return scenario.issuer === "own" || scenario.asks !== undefined || isOtherFlow(app, scenario);
}

function needsOfStart(app: AppDefinition, scenario: Scenario): readonly string[] {
  const { issuer, flow, asks = {} } = scenario;
  const { initiate, ask } = app.addresses ?? {};
  const other = isOtherFlow(app, scenario);
  if (other && (initiate === undefined || !placeholdersOf(initiate).includes("flow"))) {
    return [`flow: ${flow}, or {flow} in addresses.initiate`];
  }
  if (issuer === "own" || other) return needsOfPattern("addresses.initiate", initiate, asks);
  return scenario.asks === undefined ? [] : needsOfPattern("addresses.ask", ask, asks);
}

function needsOfPattern(place: string, pattern: string | undefined, asks: Asks): readonly string[] {
  if (pattern === undefined) return [place];
  return lackingWords(asks, placeholdersOf(pattern)).map((name) => `{${name}} in ${place}`);
}

/** What the file of an app would have to say for it to be taken through a scenario; nothing: it is. */
export function needsOf(abilities: Abilities, scenario: Scenario): readonly string[] {
  const ofSteps = scenario.steps.flatMap((step) => BY_STEP[step](abilities, scenario));
  return [...new Set([...needsOfStart(abilities.app, scenario), ...ofSteps])];
}
