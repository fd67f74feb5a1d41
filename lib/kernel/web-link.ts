/**
 * The address when `text` may be offered as a link: an absolute http or https URL without a user name or password in it
 * (`https://bank.example@evil.example` misleads), else null. What agents send is shown as text in every other case.
 */
export function webLink(text: string): string | null {
  if (text.length > 2_048 || !/^https?:\/\//i.test(text)) return null;
  try {
    const url = new URL(text);
    const web = url.protocol === "https:" || url.protocol === "http:";
    return web && url.username === "" && url.password === "" ? url.href : null;
  } catch {
    return null;
  }
}
