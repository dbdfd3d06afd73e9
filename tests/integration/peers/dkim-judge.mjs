// SPDX-License-Identifier: GPL-3.0-or-later
// What mailauth, which is not ours, says of mails and keys. A JSON line in, a JSON line out:
//     {"mail": base64, "records": {"s1._domainkey.example.org": "v=DKIM1; ..."}}
//         -> {"verdicts": [true, ...]} for each DKIM-Signature
import { createInterface } from "node:readline";

import verifier from "mailauth/lib/dkim/verify.js";

for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    const resolver = async name => {
        const record = asked.records[name];
        if (record === undefined)
            throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
        return [[record]];
    };
    const { results } = await verifier.dkimVerify(Buffer.from(asked.mail, "base64"), { resolver });
    const verdicts = results.filter(result => result.signature).map(result => result.status.result === "pass");
    console.log(JSON.stringify({ verdicts }));
}
