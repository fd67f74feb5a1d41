import { z } from "zod";

import { slug } from "@/lib/agents/schemas";

const url = z.string().trim().min(1, "Enter an address.").max(2_000, "Use a shorter address.");

export const saveReceiverInput = z.strictObject({ systemId: slug, url });
export const receiverInput = z.strictObject({ systemId: slug });
