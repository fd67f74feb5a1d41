const iso = (ms: number) => encodeURIComponent(new Date(ms).toISOString());

/** The list behind one bucket: `{from}` and `{to}` of the template become the bucket's ISO times. */
export function bucketHref(template: string, atMs: number, bucketMs: number): string {
  return template.replaceAll("{from}", iso(atMs)).replaceAll("{to}", iso(atMs + bucketMs));
}
