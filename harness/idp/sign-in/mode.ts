/** Who answers a sign-in. */
export const SIGN_IN_MODES = ["page", "automatic"] as const;

/**
 * How a sign-in is answered that no session answers. `page`: a person, or a driver, answers the sign-in page.
 * `automatic`: nobody is asked; the user is the one whom the request names, else `agent@partner.example`, and what is in
 * use is said of them. Who may not be asked at all (`prompt=none`, `IsPassive`) is not signed in by it either.
 */
export type SignInMode = (typeof SIGN_IN_MODES)[number];
