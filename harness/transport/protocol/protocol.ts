import { setTimeout as after } from "node:timers/promises";
import { CookieJar } from "tough-cookie";
import type {
  AnswerHandling,
  DrivenBrowser,
  DrivenSignIn,
  Driver,
  Exchange,
  FinalPage,
  SignInPlan,
} from "../exchange.ts";
import type { PageRequest } from "../form.ts";
import { readNextStep, type NextStep } from "../next-step.ts";
import { type Reach, THIS_MACHINE } from "../reach.ts";
import { recordExchange, withoutValues } from "../record.ts";
import { send, type PageAnswer } from "./http-client.ts";
import { pressOn } from "./press.ts";
import { makeSetCookies, type SetCookies } from "./set-cookies.ts";

/** Requests in one sign-in after which it counts as a loop; an honest one needs about ten. */
const MAX_HOPS = 40;

/** How long one sign-in waits for pages that refresh themselves; a page that still does is the one to read. */
const LONGEST_WAIT_SECONDS = 15;

const NOTHING_TO_CLOSE = (): Promise<void> => Promise.resolve();

/**
 * Signs in by plain HTTP: cookies, redirects, meta refreshes and self-submitting forms, but no script is run.
 *
 * @param reach where requests may go
 */
export function startProtocolDriver(reach: Reach = THIS_MACHINE): Driver {
  return {
    open: () => Promise.resolve(openBrowser(reach)),
    signIn: (plan) => openBrowser(reach).visit(plan),
    [Symbol.asyncDispose]: NOTHING_TO_CLOSE,
  };
}

function openBrowser(reach: Reach): DrivenBrowser {
  const jar = new CookieJar();
  const setCookies = makeSetCookies();
  let answer: PageRequest | undefined;
  const onAnswer = (request: PageRequest): void => void (answer = request);
  return {
    visit: (plan, first = { method: "GET", url: new URL(plan.start) }, handling = "send") =>
      drive(plan, first, { jar, reach, setCookies, handling, onAnswer }),
    lastAnswer: () => answer,
    cookiesOf: setCookies.of,
    [Symbol.asyncDispose]: NOTHING_TO_CLOSE,
  };
}

interface Visit {
  readonly jar: CookieJar;
  readonly reach: Reach;
  readonly setCookies: SetCookies;
  readonly handling: AnswerHandling;
  readonly onAnswer: (request: PageRequest) => void;
}

async function drive(plan: SignInPlan, first: PageRequest, visit: Visit): Promise<DrivenSignIn> {
  const exchanges: Exchange[] = [];
  let request = first;
  let signIns = 0;
  const nextStep = makeNextStep(plan);
  for (;;) {
    const answer = await send(request, visit.jar, plan.signal, visit.reach);
    visit.setCookies.note(request.url.origin, answer.cookies);
    exchanges.push(recordExchange(request.method, request.url, answer.status));
    const step = nextStep(request, answer);
    const page = finalPage(request.url, answer);
    if (step.kind === "sign-in") signIns += 1;
    if (step.kind === "rest") return { page, exchanges, signIns, looped: false };
    if (signIns > plan.maxSignIns || exchanges.length >= MAX_HOPS) {
      return { page, exchanges, signIns, looped: true };
    }
    if (step.kind === "move" && step.afterSeconds !== undefined)
      await after(step.afterSeconds * 1000, undefined, { signal: plan.signal });
    if (leavesIdp(request.url, step.request.url, plan)) {
      visit.onAnswer(step.request);
      if (visit.handling === "hold") return { page, exchanges, signIns, looped: false };
    }
    request = edited(step.request, plan);
  }
}

function edited(request: PageRequest, { idpOrigin, leftOut = [] }: SignInPlan): PageRequest {
  if (leftOut.length === 0 || request.url.origin !== idpOrigin) return request;
  const url = new URL(request.url);
  for (const name of leftOut) url.searchParams.delete(name);
  return { ...request, url };
}

function leavesIdp(from: URL, to: URL, { idpOrigin }: SignInPlan): boolean {
  return from.origin === idpOrigin && to.origin !== idpOrigin;
}

/** What each page of one visit wants next: it knows what was pressed already, and how long was waited. */
function makeNextStep(plan: SignInPlan): (request: PageRequest, answer: PageAnswer) => NextStep {
  let press = plan.press ?? [];
  let waitedSeconds = 0;
  return (request, { status, location, html }) => {
    const { url } = request;
    if (status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url.href)) {
      return { kind: "move", request: redirected(request, status, new URL(location, url)) };
    }
    const step = readNextStep(html, url, plan);
    if (step.kind === "move") waitedSeconds += step.afterSeconds ?? 0;
    if (step.kind === "move" && waitedSeconds > LONGEST_WAIT_SECONDS)
      return { kind: "rest", scripted: false };
    const pressed =
      step.kind !== "rest" || url.origin === plan.idpOrigin ? undefined : pressOn(html, url, press);
    if (pressed === undefined) return step;
    press = press.filter((one) => one !== pressed.selector);
    return { kind: "move", request: pressed.request };
  };
}

/** 307 and 308 repeat the request, all others turn it into a GET, as browsers do. */
function redirected(request: PageRequest, status: number, url: URL): PageRequest {
  return status === 307 || status === 308 ? { ...request, url } : { method: "GET", url };
}

function finalPage(url: URL, { status, html }: PageAnswer): FinalPage {
  return { url: withoutValues(url), status, html };
}
