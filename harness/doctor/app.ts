import { HarnessError } from "../errors.ts";
import { withinStage } from "../stage.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { RelyingPartyRegistration } from "../idp/oidc/registration.ts";
import type { AppDefinition } from "../target/definition/app.ts";
import { plainRequest } from "../transport/plain-request.ts";
import type { Reach } from "../transport/reach.ts";
import { broken, type Check, doubtful, fine } from "./check.ts";
import { firstRequestElsewhere } from "./first-request.ts";
import { checkLooks } from "./looks.ts";
import { checkRegistration } from "./registration.ts";
import { reason } from "./published.ts";

/** What an app is examined with. */
export interface AppExamination {
  readonly idp: MockIdp;
  readonly relyingParties: readonly RelyingPartyRegistration[];
  readonly reach: Reach;
  readonly signal: AbortSignal;
  /** Is told what is waited for, where it takes its time. */
  readonly tell?: ((line: string) => void) | undefined;
  /** Nothing takes longer at one thing. */
  readonly longestSeconds?: number | undefined;
}

/** Whether an app can be reached, has the right time, and asks this IdP under its right name. */
export async function checkApp(
  name: string,
  app: AppDefinition,
  examination: AppExamination,
): Promise<readonly Check[]> {
  const { reach, signal, idp, tell, longestSeconds = LONGEST_LOOKS_SECONDS } = examination;
  const url = new URL(app.start);
  const what = `${name}: ${app.start}`;
  const issuer = checkIssuer(name, app, idp);
  try {
    await reach.turn(url, signal);
    const sent = Date.now() / 1000;
    const stage = { what, seconds: Math.min(longestSeconds, LONGEST_ANSWER_SECONDS), signal, tell };
    const { status, headers } = await withinStage(stage, (limited) =>
      plainRequest({ method: "GET", url, headers: {} }, limited),
    );
    const answeredAt = Date.now() / 1000;
    const answered =
      status < 500 ? fine(what, `answers with ${status}`) : doubtful(what, `answers with ${status}`, LOG);
    const first = await checkFirstRequest(name, app, examination);
    const outside = [answered, checkClock(name, headers.date, sent, answeredAt), ...issuer, ...first];
    // What is amiss outside would only be told a second time.
    const isFine = outside.every(({ status: one }) => one === "ok");
    if (!isFine) return outside;
    const signIns = { what: `${name}: good sign-ins`, seconds: LONGEST_LOOKS_SECONDS, signal, tell };
    const looks = await withinStage(signIns, () =>
      checkLooks(name, app, { idp, reach, longestSeconds }),
    ).catch(toldAs(signIns.what));
    return [...outside, ...looks];
  } catch (error) {
    signal.throwIfAborted();
    const todo = "Start the app, or give the target a `command` that starts it.";
    return [broken(what, reason(error), error instanceof HarnessError ? error.hint : todo), ...issuer];
  }
}

/** How long the first page may take, all the way to the IdP, and the sign-ins by which an app is learned. */
const LONGEST_ANSWER_SECONDS = 10;
const LONGEST_WAY_SECONDS = 20;
const LONGEST_LOOKS_SECONDS = 45;

/** What is not over in time is told as a check. */
function toldAs(what: string): (error: unknown) => readonly Check[] {
  return (error) => {
    if (!(error instanceof HarnessError)) throw error;
    return [doubtful(what, error.message, error.hint)];
  };
}

const LOG = "Look into the app's log; a protected page should lead to the IdP.";
const SKEW_SECONDS = 5;
const TOO_MUCH_SECONDS = 60;

/**
 * How far the app's clock is from this machine's; most libraries tolerate a minute at best. An app that takes its time
 * to answer has no wrong clock for that.
 *
 * @param date header of the app's answer
 * @param sent when it was asked, seconds since the epoch
 * @param answered when its answer was there
 */
export function checkClock(
  name: string,
  date: string | undefined,
  sent: number,
  answered: number = sent,
): Check {
  const what = `${name}: clock`;
  const theirs = Date.parse(date ?? "") / 1000;
  if (Number.isNaN(theirs)) return doubtful(what, "the app sends no Date", "Compare its clock by hand.");
  // A Date knows whole seconds only.
  const skew = Math.round(theirs > answered ? theirs - answered : Math.min(theirs - Math.floor(sent), 0));
  const found =
    Math.abs(skew) <= 1
      ? "the same as here"
      : `${Math.abs(skew)} s ${skew > 0 ? "ahead of" : "behind"} this one`;
  const todo = "Synchronise both clocks; a good sign-in may look expired or not valid yet.";
  if (Math.abs(skew) >= TOO_MUCH_SECONDS) return broken(what, found, todo);
  return Math.abs(skew) >= SKEW_SECONDS ? doubtful(what, found, todo) : fine(what, found);
}

/** Issuers are compared as texts (OIDC Core §3.1.3.7, SAML Core §2.2.5): one slash more is another issuer. */
function checkIssuer(
  name: string,
  { issuer, channels }: AppDefinition,
  { trust }: MockIdp,
): readonly Check[] {
  if (issuer === undefined) return [];
  const names = { oidc: trust.oidcIssuer, saml: trust.samlEntityId, wsfed: trust.wsFedIssuer };
  const right = channels.map((channel) => names[channel]);
  const what = `${name}: issuer`;
  if (right.includes(issuer)) return [fine(what, `${issuer}, exactly`)];
  const wanted = right.join(" or ");
  return [
    broken(what, `${issuer} is set in the app, the IdP is ${wanted}`, `Set exactly ${wanted} in the app.`),
  ];
}

async function checkFirstRequest(
  name: string,
  app: AppDefinition,
  { idp, relyingParties, reach, signal, tell, longestSeconds = LONGEST_WAY_SECONDS }: AppExamination,
): Promise<readonly Check[]> {
  const what = `${name}: where it sends people`;
  const stage = { what, seconds: Math.min(longestSeconds, LONGEST_WAY_SECONDS), signal, tell };
  const request = await withinStage(stage, (limited) => firstRequestElsewhere(app, reach, limited));
  if (request === undefined) {
    const found = app.press === undefined ? "nowhere by redirect or form" : "nowhere, with `press` pressed";
    const todo = "If a script does it, use the browser transport; else correct `start` or `press`.";
    return [doubtful(what, found, todo)];
  }
  const { origin } = request.url;
  if (origin !== idp.origin) {
    const todo = `Set the IdP's address in the app to ${idp.origin}, letter by letter; localhost is another name.`;
    return [broken(what, `to ${origin}, but the IdP is ${idp.origin}`, todo)];
  }
  return [
    fine(what, `to ${origin}${request.url.pathname}`),
    ...checkRegistration(name, request, relyingParties),
  ];
}
