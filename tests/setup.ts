import fc from "fast-check";

/** Random tests take the same samples everywhere, so that a failure belongs to the change that causes it. FC_SEED explores others. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261121) });
