"use client";
import { TriangleAlert } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";

/** The signing secret, for as long as the dialog is open. */
export function SecretOnce({ secret, description }: { secret: string; description: string }) {
  return (
    <DialogContent
      className="max-w-xl"
      title="Copy the signing secret now"
      description={description}
      onInteractOutside={(event) => event.preventDefault()}
    >
      <DialogBody className="flex flex-col gap-4 pt-1">
        <Banner tone="escalate" icon={<TriangleAlert aria-hidden />}>
          It is not shown again. Give it to the program that receives the webhook.
        </Banner>
        <CodeBlock code={secret} label="Signing secret" wrap />
        <p className="text-xs text-muted">
          Messages follow Standard Webhooks: verify <code className="font-mono">webhook-signature</code> over id,
          timestamp and body with any of its libraries, and drop a <code className="font-mono">webhook-id</code> that
          came before.
        </p>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">I have copied it</Button>
        </DialogClose>
      </DialogFooter>
    </DialogContent>
  );
}
