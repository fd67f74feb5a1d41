"use server";
import { definePublicAction } from "@/lib/auth/define-action";
import { redeemInviteSchema } from "@/lib/people/account-schemas";
import { redeemInvite } from "@/lib/people/invite";

export const setPassword = definePublicAction({ input: redeemInviteSchema, run: redeemInvite });
