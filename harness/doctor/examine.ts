import type { MockIdp } from "../idp/mock-idp.ts";
import type { RelyingPartyRegistration } from "../idp/oidc/registration.ts";
import { HarnessError } from "../errors.ts";
import type { TargetDefinitions } from "../target/definition/targets.ts";
import { withinStage } from "../stage.ts";
import { apiTarget } from "../target/api.ts";
import { commandTarget } from "../target/command.ts";
import { reachOf } from "../target/open-targets.ts";
import { checkAnswers } from "./answers.ts";
import { checkApp } from "./app.ts";
import { broken, type Check, fine } from "./check.ts";
import { checkApi, checkCommand } from "./handed-over.ts";
import { addressesOf, checkNames } from "./names.ts";
import { checkCertificate, checkDiscovery, checkSamlMetadata } from "./published.ts";

/** What is examined, with everything started. */
export interface Examination {
  readonly idp: MockIdp;
  readonly definitions: TargetDefinitions;
  readonly relyingParties: readonly RelyingPartyRegistration[];
  /** Whether a case needs a browser. */
  readonly wantsBrowser: boolean;
  readonly signal: AbortSignal;
  /** Why targets did not come up; these are not examined. */
  readonly down?: ReadonlyMap<string, HarnessError> | undefined;
  /** Is told what is waited for, where it takes its time. */
  readonly tell?: ((line: string) => void) | undefined;
  /** How long each case may take, where that is said; nothing that is looked at takes longer at one thing. */
  readonly longestSeconds?: number | undefined;
}

/** Looks at everything that a run depends on, before its first case. */
export async function examine(examination: Examination): Promise<readonly Check[]> {
  const { idp, definitions, relyingParties, wantsBrowser, signal, down, tell, longestSeconds } = examination;
  const reach = reachOf(definitions);
  const entries = Object.entries(definitions);
  const now = Math.floor(Date.now() / 1000);
  const targets = entries.map(async ([name, one]): Promise<readonly Check[]> => {
    const why = down?.get(name);
    if (why !== undefined) return [broken(`${name}: start`, why.message, why.hint)];
    if (one.kind === "app")
      return await checkApp(name, one, { idp, relyingParties, reach, signal, tell, longestSeconds });
    if (one.kind === "library") return [];
    const first = one.kind === "api" ? await checkApi(name, one, reach, signal) : checkCommand(name, one);
    if (first.status === "fail") return [first];
    const target = one.kind === "api" ? apiTarget(name, one, idp, reach) : commandTarget(name, one, idp);
    return [first, await checkAnswers(target, { signal, tell, longestSeconds })];
  });
  const groups = await Promise.all([
    checkNames(entries.flatMap(([, definition]) => addressesOf(definition))),
    Promise.all([checkDiscovery(idp, signal), checkSamlMetadata(idp, signal)]),
    ...targets,
  ]);
  const certificate = checkCertificate("certificate of the IdP", idp.trust.samlCertificate, now);
  const browser = wantsBrowser ? [await checkBrowser(reach.hosts, { signal, tell })] : [];
  return [certificate, ...groups.flat(), ...browser];
}

const LONGEST_BROWSER_SECONDS = 60;

async function checkBrowser(
  hosts: readonly string[],
  { signal, tell }: Pick<Examination, "signal" | "tell">,
): Promise<Check> {
  const { launchBrowser } = await import("../transport/browser/launch-browser.ts");
  const stage = { what: "the browser to start and to end", seconds: LONGEST_BROWSER_SECONDS, signal, tell };
  try {
    const version = await withinStage(stage, async () => {
      const browser = await launchBrowser(hosts);
      const found = browser.version();
      await browser.close();
      return found;
    });
    return fine("browser", `starts, version ${version}`);
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return broken("browser", error.message, error.hint);
  }
}
