import { Webhook } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function WebhookNotFound() {
  return (
    <EmptyState
      icon={Webhook}
      title="No such webhook"
      description="It was removed, or the address is wrong."
      action={
        <Button asChild>
          <Link href="/settings/webhooks">All webhooks</Link>
        </Button>
      }
    />
  );
}
