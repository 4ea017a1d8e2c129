import type { MockIdp } from "../../idp/mock-idp.ts";
import type { DrivenBrowser, DrivenSignIn, FinalPage, SignInPlan } from "../../transport/exchange.ts";
import type { AppDefinition } from "../definition/app.ts";
import { readWho } from "./who.ts";

/** All that can be seen of an app after a sign-in. */
export interface Sighting {
  /** The page on which the sign-in ended. */
  readonly page: FinalPage;
  /** Whether that page is the app's own. */
  readonly isOwnPage: boolean;
  readonly looped: boolean;
  readonly signIns: number;
  /** Whether the app sent its visitor to the IdP instead of saying who is signed in. */
  readonly asksSignIn: boolean;
  /** The page that says who is signed in; undefined: there was none. */
  readonly identityPage: FinalPage | undefined;
  /** The name on it. */
  readonly named: string | undefined;
  /** The protected page, where it was looked at besides and asked for no sign-in. */
  readonly protectedPage?: FinalPage | undefined;
  /** Cookies of the app that were set; undefined: the driver cannot tell. */
  readonly cookies: readonly string[] | undefined;
  /** How often the app got tokens from the IdP. */
  readonly redemptions: number;
}

/** What a look at an app needs. */
export interface Look {
  readonly app: AppDefinition;
  readonly idp: MockIdp;
  readonly browser: DrivenBrowser;
  readonly plan: Omit<SignInPlan, "start">;
}

/**
 * Looks at an app in the browser in which somebody signed in.
 *
 * @param place the address where the app says who is signed in; undefined: on the page on which the sign-in ended
 */
export async function lookAt(
  driven: DrivenSignIn,
  look: Look,
  place: string | undefined = look.app.signedIn.url,
): Promise<Sighting> {
  const { app, browser, plan, idp } = look;
  const { origin } = new URL(app.start);
  const { asksSignIn, identityPage } = await identityOf(driven, look, place);
  const cookies = browser.cookiesOf?.(origin);
  return {
    page: driven.page,
    isOwnPage: new URL(driven.page.url).origin === origin,
    looped: driven.looped,
    signIns: driven.signIns,
    asksSignIn,
    identityPage,
    named: identityPage === undefined ? undefined : readWho(identityPage.html, app.signedIn),
    cookies,
    redemptions: idp
      .journal()
      .filter(
        ({ choice, path, status }) => choice === plan.choice && path.endsWith("/token") && status === 200,
      ).length,
  };
}

async function identityOf(
  driven: DrivenSignIn,
  look: Look,
  place: string | undefined,
): Promise<Pick<Sighting, "asksSignIn" | "identityPage">> {
  if (place === undefined) {
    // A page of the IdP's says nothing about the app, whatever name stands on it.
    const isIdps = new URL(driven.page.url).origin === look.idp.origin;
    return { asksSignIn: isIdps, identityPage: isIdps ? undefined : driven.page };
  }
  return await visitPlace(look, place);
}

async function visitPlace(
  { browser, plan, idp }: Look,
  place: string,
): Promise<Pick<Sighting, "asksSignIn" | "identityPage">> {
  const { page, looped, exchanges } = await browser.visit({ ...plan, start: place, maxSignIns: 0 });
  // The IdP may answer from its session, so that the page at the end is that of yet another sign-in.
  const asksSignIn = exchanges.some(({ url }) => new URL(url).origin === idp.origin);
  const isElsewhere = new URL(page.url).origin !== new URL(place).origin;
  return { asksSignIn, identityPage: looped || asksSignIn || isElsewhere ? undefined : page };
}

/** Who is signed in, by the page at that address; undefined: nobody, or the app asks for a sign-in. */
export async function whoIsAt(look: Look, place: string): Promise<string | undefined> {
  const { identityPage } = await visitPlace(look, place);
  return identityPage === undefined ? undefined : readWho(identityPage.html, look.app.signedIn);
}

/** Looks at the protected page besides: whoever it opens to was let in, whatever was said. */
export async function lookAtProtected(seen: Sighting, look: Look): Promise<Sighting> {
  const { identityPage } = await visitPlace(look, look.app.start);
  return { ...seen, protectedPage: identityPage };
}

/** What is seen where only the page on which the sign-in ended tells who is signed in. */
export function onlyLastPage(seen: Sighting, app: AppDefinition): Sighting {
  const { page, isOwnPage } = seen;
  const named = isOwnPage ? readWho(page.html, app.signedIn) : undefined;
  return { ...seen, asksSignIn: !isOwnPage, identityPage: isOwnPage ? page : undefined, named };
}

/** Leaves the app as a person would; whether it lets go is not what is tested. */
export async function signOut({ app, browser, plan }: Look): Promise<void> {
  if (app.signOut === undefined) return;
  await browser.visit({ ...plan, start: app.signOut, maxSignIns: 0 }).catch((error: unknown) => {
    plan.signal.throwIfAborted();
    return error;
  });
}
