/** Whether a URL is one that a form can post to. */
export function isWebAddress(url: string): boolean {
  return ["http:", "https:"].includes(URL.parse(url)?.protocol ?? "");
}

/** Whether a URL is a web address of this machine: where an answer may go although nobody registered it. */
export function isOnThisMachine(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? "";
  return isWebAddress(url) && /^(127(\.\d+){3}|\[::1\]|localhost|.+\.localhost)$/.test(host);
}
