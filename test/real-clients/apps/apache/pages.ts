/** Variables of the environment that tell a page who is signed in. */
export interface PageVariables {
  /** Set while somebody is signed in. */
  readonly session: string;
  readonly user: string;
}

/**
 * The pages of a portal behind an Apache module: the protected one, the one for whoever lacks MFA, the one that says who
 * is signed in, and one for everybody. A module may sign somebody in who has no name: then the page says so.
 *
 * @param variables on each page
 * @param denied the same on the page that stands in for another
 */
export function portalPages(
  variables: PageVariables,
  denied: PageVariables = variables,
): Readonly<Record<string, string>> {
  return {
    "portal.shtml": page("portal", variables, "Your customers: Contoso, Fabrikam."),
    "denied.shtml": page("denied", denied, "A second factor is missing."),
    "me.shtml": page("me", variables, "That is you."),
    "public.html": '<p id="page">public</p>',
  };
}

function page(name: string, { session, user }: PageVariables, words: string): string {
  const named = `<!--#if expr="v('${user}') =~ /\\S/" --><!--#echo var="${user}" --><!--#else -->(no name)<!--#endif -->`;
  const shown = `<!--#if expr="v('${session}') != ''" -->${named}<!--#endif -->`;
  return `<h1 id="page">${name}</h1><p id="user">${shown}</p><p>${words}</p>`;
}
