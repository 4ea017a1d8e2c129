import { CookieJar } from "tough-cookie";
import type { AppDefinition } from "../target/definition/app.ts";
import type { PageRequest } from "../transport/form.ts";
import { send } from "../transport/protocol/http-client.ts";
import { pressOn } from "../transport/protocol/press.ts";
import { readNextStep } from "../transport/next-step.ts";
import type { Reach } from "../transport/reach.ts";

const MAX_HOPS = 10;

/**
 * Goes to an app's protected page and on, pressing what the file says, up to the first request that leaves the app.
 *
 * @returns that request; undefined when the app keeps its visitor to itself
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` when the app does not answer
 */
export async function firstRequestElsewhere(
  { start, press = [] }: Pick<AppDefinition, "start" | "press">,
  reach: Reach,
  signal: AbortSignal,
): Promise<PageRequest | undefined> {
  const jar = new CookieJar();
  let unpressed: readonly string[] = press;
  let request: PageRequest = { method: "GET", url: new URL(start) };
  const { origin } = request.url;
  for (let hops = 0; hops < MAX_HOPS; hops += 1) {
    const answer = await send(request, jar, signal, reach);
    const moved = nextRequest(request.url, answer);
    const pressed = moved === undefined ? pressOn(answer.html, request.url, unpressed) : undefined;
    unpressed = unpressed.filter((one) => one !== pressed?.selector);
    const next = moved ?? pressed?.request;
    if (next === undefined || next.url.origin !== origin) return next;
    request = next;
  }
  return undefined;
}

function nextRequest(
  page: URL,
  {
    status,
    location,
    html,
  }: { readonly status: number; readonly location: string | undefined; readonly html: string },
): PageRequest | undefined {
  if (status >= 300 && status < 400 && location !== undefined) {
    const url = URL.parse(location, page.href);
    return url === null ? undefined : { method: "GET", url };
  }
  // Nobody signs in here: no page is taken for the IdP's.
  const step = readNextStep(html, page, { idpOrigin: "", user: "", choice: "" });
  return step.kind === "rest" ? undefined : step.request;
}
