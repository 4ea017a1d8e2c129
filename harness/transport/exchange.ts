import type { EvidenceKeeper } from "./evidence.ts";
import type { PageRequest } from "./form.ts";

/** One HTTP request and its answer, as the driver saw it; secrets and whole artifacts are not kept. */
export interface Exchange {
  readonly method: string;
  /** URL without its query values. */
  readonly url: string;
  readonly status: number;
}

/** The page a driver ended on, after all redirects, forms and the sign-in itself. */
export interface FinalPage {
  readonly url: string;
  readonly status: number;
  readonly html: string;
}

/** What a driven sign-in came to. */
export interface DrivenSignIn {
  readonly page: FinalPage;
  readonly exchanges: readonly Exchange[];
  /** How often the user agent was sent to the IdP's sign-in page. */
  readonly signIns: number;
  /** True when the limit of round trips was reached: the target asks for MFA again and again. */
  readonly looped: boolean;
}

/** What a driver needs to sign in like a person: where to begin, as whom, with which emission. */
export interface SignInPlan {
  /** The target's protected page. */
  readonly start: string;
  /** The IdP's origin: only its sign-in form is filled in. */
  readonly idpOrigin: string;
  readonly user: string;
  /** Id that `idp.offer(emission)` returned. */
  readonly choice: string;
  /** What is pressed on the sign-in page; default `sign-in`. */
  readonly action?: "sign-in" | "cancel";
  /** Parameters that are taken out of the query of requests to the IdP; not every driver can. */
  readonly leftOut?: readonly string[];
  /** Links and buttons of the target's own pages that are pressed on the way, by CSS selector; each once in a visit. */
  readonly press?: readonly string[];
  /** Sign-ins after which the driver stops and reports a loop. */
  readonly maxSignIns: number;
  readonly signal: AbortSignal;
}

/** What a driver does once it is sent back from the IdP: go on as a browser does, or keep the answer to itself. */
export type AnswerHandling = "send" | "hold";

/** One user agent with cookies of its own, for one visit after another. */
export interface DrivenBrowser extends AsyncDisposable {
  /**
   * Goes to a page, or sends a request, and on from there.
   *
   * @param request what is sent first; default: a GET of `plan.start`
   * @param handling `hold` stops before the IdP's answer is sent to the target; not every driver can
   */
  readonly visit: (
    plan: SignInPlan,
    request?: PageRequest,
    handling?: AnswerHandling,
  ) => Promise<DrivenSignIn>;
  /** The last request by which the IdP sent this browser elsewhere: what carries its answer. */
  readonly lastAnswer: () => PageRequest | undefined;
  /**
   * Names of the cookies that this origin has set and that are still there; not every driver can tell, as cookies know
   * no port.
   */
  readonly cookiesOf?: (origin: string) => readonly string[];
}

/** A way to sign in: by plain HTTP or in a real browser. */
export interface Driver extends AsyncDisposable {
  /**
   * Opens a fresh browser.
   *
   * @param keeper takes charge of it when it is disposed; absent: nothing of it is kept
   */
  readonly open: (keeper?: EvidenceKeeper) => Promise<DrivenBrowser>;
  /** One visit in a browser of its own. */
  readonly signIn: (plan: SignInPlan) => Promise<DrivenSignIn>;
}
