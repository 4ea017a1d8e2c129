import type { Page, Request } from "playwright";
import { HarnessError } from "../../errors.ts";
import type { Exchange, SignInPlan } from "../exchange.ts";
import type { PageRequest } from "../form.ts";
import { unreachable } from "../loopback.ts";
import { recordExchange } from "../record.ts";

/** What a page did since it was opened. Only documents of the main frame count. */
export interface PageWatch {
  readonly exchanges: readonly Exchange[];
  /** The last request by which the IdP sent the page elsewhere. */
  readonly lastAnswer: () => PageRequest | undefined;
  /** How many documents were shown so far. */
  readonly documents: () => number;
  /**
   * Waits until more than `seen` documents were shown.
   *
   * @returns false when the page stayed as it is until the time was up
   * @throws HarnessError `ERR_TARGET_UNREACHABLE` when a document cannot be reached
   */
  readonly moreThan: (seen: number) => Promise<boolean>;
  /** Tells the watch of a failure that only its caller can see. */
  readonly fail: (reason: unknown) => void;
}

/** A page that says it moves on and does not within this time has come to rest. */
const PATIENCE_MILLISECONDS = 30_000;

/** Watches a page from before its first request. */
export function watchPage(page: Page, plan: Pick<SignInPlan, "idpOrigin" | "signal">): PageWatch {
  const { idpOrigin, signal } = plan;
  let answer: PageRequest | undefined;
  const exchanges: Exchange[] = [];
  const changes = new EventTarget();
  let documents = 0;
  let failure: { readonly reason: unknown } | undefined;
  const changed = (): boolean => changes.dispatchEvent(new Event("change"));
  const fail = (reason: unknown): void => {
    failure ??= { reason };
    changed();
  };
  page.on("request", (request) => {
    if (isDocument(page, request) && leavesIdp(request, page, idpOrigin)) answer = asPageRequest(request);
  });
  page.on("response", (response) => {
    const request = response.request();
    if (!isDocument(page, request)) return;
    exchanges.push(recordExchange(request.method(), new URL(response.url()), response.status()));
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "failed";
    // A navigation that the next one overtakes is reported as aborted.
    if (!isDocument(page, request) || reason === "net::ERR_ABORTED") return;
    fail(unreachable(new URL(request.url()), new Error(reason)));
  });
  page.on("domcontentloaded", () => {
    documents += 1;
    changed();
  });
  page.on("crash", () => fail(crashed()));
  page.on("close", () => fail(crashed()));
  const abort = (): void => fail(signal.reason);
  signal.addEventListener("abort", abort);
  page.once("close", () => signal.removeEventListener("abort", abort));
  const happened = (seen: number): boolean => {
    signal.throwIfAborted();
    if (failure !== undefined) throw failure.reason;
    return documents > seen;
  };
  const moreThan = async (seen: number): Promise<boolean> => {
    const timeUp = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    while (!happened(seen)) {
      if (timeUp.aborted) return false;
      await nextEvent(changes, timeUp);
    }
    return true;
  };
  return { exchanges, lastAnswer: () => answer, documents: () => documents, moreThan, fail };
}

/** A tab that fell over says nothing of the app, and ends nothing but what it was used for. */
export function crashed(cause?: unknown): HarnessError {
  return new HarnessError(
    "ERR_TARGET_UNREACHABLE",
    "the browser or its tab ended while this case ran; nothing can be told of it",
    "Run the case alone, with --grep: a page that brings its browser down does so to everybody. Else look whether the machine ran out of memory.",
    { cause },
  );
}

function leavesIdp(request: Request, page: Page, idpOrigin: string): boolean {
  const from = request.redirectedFrom()?.url() ?? page.url();
  return URL.parse(from)?.origin === idpOrigin && new URL(request.url()).origin !== idpOrigin;
}

function asPageRequest(request: Request): PageRequest {
  const url = new URL(request.url());
  const body = request.postData();
  return request.method() === "POST" ? { method: "POST", url, body: body ?? "" } : { method: "GET", url };
}

function isDocument(page: Page, request: Request): boolean {
  return request.isNavigationRequest() && request.frame() === page.mainFrame();
}

function nextEvent(changes: EventTarget, timeUp: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    changes.addEventListener("change", () => resolve(), { once: true });
    timeUp.addEventListener("abort", () => resolve(), { once: true });
  });
}
