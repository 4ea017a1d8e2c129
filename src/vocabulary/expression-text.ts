/** Placeholders of template and expression languages: `${…}`, `#{…}`, `%{…}`, `{{…}}`, `<%…%>`. */
const PLACEHOLDER = /[$#%]\{[^{}]{0,200}\}|\{\{[^{}]{0,200}\}\}|<%[^%]{0,200}%>/;

/**
 * A path from one of the roots that the expression languages of identity providers have, as Okta's `session.amr` and
 * `user.email`, Ping's `SubjectAttributes`, or a call such as `String.join(…)`.
 */
const PATH =
  /^\$?(?:session|user|appuser|idpuser|app|org|source|claims?|attributes?|subject|context|principal|authn|authentication|event|request|token|profile|sessioninfo)(?:\.[A-Za-z_]\w{0,40}(?:\([^)]{0,100}\))?){1,6}$/i;
const CALL = /^(?:String|Arrays|Convert|Iso3166Convert|Time|Groups|EL|isMemberOf\w*)\.?\w{0,30}\(.{0,200}\)$/;

/** Whether a value reads like an expression that should have been evaluated and was sent as text. */
export function isExpressionText(value: string): boolean {
  return PLACEHOLDER.test(value) || PATH.test(value) || CALL.test(value);
}
