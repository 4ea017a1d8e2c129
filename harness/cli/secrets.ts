/** What begins like JSON in base64 and goes on like a token, percent-encoded or not. */
const TOKEN = /e(?:y[A-Z]|w[0o])[\w+/=%-]{12,}(?:\.[\w+/=%-]*){0,9}/g;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const TOKEN_START = /^\s*["']?(?:[Aa]uthorization:\s*)?(?:[Bb]earer\s+)?e(?:y[A-Z]|w[0o])[\w+/=%-]{12,}/;
/** Base64, or the opaque secret of a server: longer than the name of a file. */
const LONG = /[A-Za-z0-9+=_%~-]{100,}|[A-Za-z0-9+/=_%-]{200,}/g;
const MIXED = [/[A-Z]/, /[a-z]/, /\d/];

/** A message without the tokens, keys and other secrets in it. */
export function withoutSecrets(text: string): string {
  return text
    .replace(PRIVATE_KEY, "(a private key, not shown)")
    .replace(TOKEN, "(a token, not shown)")
    .replace(LONG, (found) => (MIXED.every((part) => part.test(found)) ? "(a secret, not shown)" : found));
}

/** What a person gave instead of the name of a file: the thing itself. Undefined when it may be a name. */
export function contentGiven(argument: string): string | undefined {
  if (/^\s*</.test(argument)) return "XML";
  if (/^\s*[{[]/.test(argument)) return "JSON";
  if (/-----BEGIN /.test(argument)) return "a key or certificate";
  if (TOKEN_START.test(argument)) return "a token";
  return argument.length > 1024 || withoutSecrets(argument) !== argument
    ? "a token, a message or a key"
    : undefined;
}
