import { CookieJar } from "tough-cookie";
import type { DrivenSignIn, Driver, Exchange, FinalPage, SignInPlan } from "./exchange.ts";
import type { PageRequest } from "./form.ts";
import { send, type PageAnswer } from "./http-client.ts";
import { readNextStep, type NextStep } from "./next-step.ts";
import { recordExchange, withoutValues } from "./record.ts";

/** Requests in one sign-in after which it counts as a loop; an honest one needs about ten. */
const MAX_HOPS = 40;

/** Signs in by plain HTTP: cookies, redirects, meta refreshes and self-submitting forms, but no script is run. */
export function startProtocolDriver(): Driver {
  return { signIn, [Symbol.asyncDispose]: () => Promise.resolve() };
}

async function signIn(plan: SignInPlan): Promise<DrivenSignIn> {
  const jar = new CookieJar();
  const exchanges: Exchange[] = [];
  let request: PageRequest = { method: "GET", url: new URL(plan.start) };
  let signIns = 0;
  for (;;) {
    const answer = await send(request, jar, plan.signal);
    exchanges.push(recordExchange(request.method, request.url, answer.status));
    const step = nextStep(request, answer, plan);
    const page = finalPage(request.url, answer);
    if (step.kind === "sign-in") signIns += 1;
    if (step.kind === "rest") return { page, exchanges, signIns, looped: false };
    if (signIns > plan.maxSignIns || exchanges.length >= MAX_HOPS) {
      return { page, exchanges, signIns, looped: true };
    }
    request = step.request;
  }
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
