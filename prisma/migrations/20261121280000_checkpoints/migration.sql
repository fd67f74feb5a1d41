-- CreateTable
CREATE TABLE "checkpoint" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL,
    "signature" BYTEA NOT NULL,
    "public_key" BYTEA NOT NULL,

    CONSTRAINT "checkpoint_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "checkpoint_head" (
    "stream" TEXT NOT NULL,
    "checkpoint_seq" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "checkpoint_head_pkey" PRIMARY KEY ("stream","checkpoint_seq")
);

-- CreateIndex
CREATE INDEX "checkpoint_head_checkpoint_seq_idx" ON "checkpoint_head"("checkpoint_seq");

-- AddForeignKey
ALTER TABLE "checkpoint_head" ADD CONSTRAINT "checkpoint_head_checkpoint_seq_fkey" FOREIGN KEY ("checkpoint_seq") REFERENCES "checkpoint"("seq") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What was signed is never changed (I8): by trigger for every role, by privilege for the runtime role.
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "checkpoint" FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "checkpoint_head" FOR EACH ROW EXECUTE FUNCTION "append_only"();
GRANT SELECT, INSERT ON "checkpoint", "checkpoint_head" TO "remit_runtime";
