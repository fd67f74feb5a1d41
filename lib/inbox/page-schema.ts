import { z } from "zod";

import { inboxFilterSchema } from "@/lib/inbox/filter";
import { ITEM_KINDS, ITEM_RISKS } from "@/lib/inbox/item";

const id = z.string().max(200);

/** The place after which a page begins. Ids are UUIDs, but those of actions, which are their names. */
const placeSchema = z
  .strictObject({
    risk: z.enum(ITEM_RISKS),
    deadline: z.iso.datetime().nullable(),
    since: z.iso.datetime(),
    kind: z.enum(ITEM_KINDS),
    id,
  })
  .refine((place) => place.kind === "action" || z.uuid().safeParse(place.id).success, { path: ["id"] });

/** JSON in an address: text that is none does not hold. */
const json = z
  .string()
  .max(8_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "is no JSON" });
      return z.NEVER;
    }
  });

/** `?filter=<InboxFilter>&after=<Place>`: what the browser asks a page of the inbox for. */
export const pageQuery = z.object({
  filter: json.pipe(inboxFilterSchema),
  after: json.pipe(placeSchema).optional(),
});

/** The same, as the browser writes it. */
export const pageSearch = (
  query: z.input<typeof inboxFilterSchema>,
  after: z.input<typeof placeSchema> | null,
): string =>
  new URLSearchParams({
    filter: JSON.stringify(query),
    ...(after === null ? {} : { after: JSON.stringify(after) }),
  }).toString();
