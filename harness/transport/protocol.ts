import { CookieJar } from "tough-cookie";
import type {
  AnswerHandling,
  DrivenBrowser,
  DrivenSignIn,
  Driver,
  Exchange,
  FinalPage,
  SignInPlan,
} from "./exchange.ts";
import type { PageRequest } from "./form.ts";
import { send, type PageAnswer } from "./http-client.ts";
import { readNextStep, type NextStep } from "./next-step.ts";
import { type Reach, THIS_MACHINE } from "./reach.ts";
import { recordExchange, withoutValues } from "./record.ts";
import { makeSetCookies, type SetCookies } from "./set-cookies.ts";

/** Requests in one sign-in after which it counts as a loop; an honest one needs about ten. */
const MAX_HOPS = 40;

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
  for (;;) {
    const answer = await send(request, visit.jar, plan.signal, visit.reach);
    visit.setCookies.note(request.url.origin, answer.cookies);
    exchanges.push(recordExchange(request.method, request.url, answer.status));
    const step = nextStep(request, answer, plan);
    const page = finalPage(request.url, answer);
    if (step.kind === "sign-in") signIns += 1;
    if (step.kind === "rest") return { page, exchanges, signIns, looped: false };
    if (signIns > plan.maxSignIns || exchanges.length >= MAX_HOPS) {
      return { page, exchanges, signIns, looped: true };
    }
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

function nextStep(request: PageRequest, answer: PageAnswer, plan: SignInPlan): NextStep {
  const { status, location } = answer;
  if (status >= 300 && status < 400 && location !== undefined && URL.canParse(location, request.url.href)) {
    return { kind: "move", request: redirected(request, status, new URL(location, request.url)) };
  }
  return readNextStep(answer.html, request.url, plan);
}

/** 307 and 308 repeat the request, all others turn it into a GET, as browsers do. */
function redirected(request: PageRequest, status: number, url: URL): PageRequest {
  return status === 307 || status === 308 ? { ...request, url } : { method: "GET", url };
}

function finalPage(url: URL, { status, html }: PageAnswer): FinalPage {
  return { url: withoutValues(url), status, html };
}
