import 'reflect-metadata';
import {readFileSync} from 'node:fs';
import {openVerifier} from '/work/main/dist/wiring.js';
import {judgeFile} from '/work/main/dist/operations/steps/judge-file.js';
const w=openVerifier({trustDirectory:'/tmp/tam/data/trust',templatesDirectory:'/work/main/templates',registry:null});
const b=new Uint8Array(readFileSync('/tmp/tam/SM2-SM3.pdf'));
const s=Buffer.from(b).toString('latin1');
const [,A,B]=/ByteRange\s*\[0 (\d+) (\d+)/.exec(s).map(Number);
console.log(A,B,b.length, s.slice(A-500,A+1)); console.log(s.slice(B));
const opt={policy:'strict',registry:'not-asked'};
for (const [lo,hi] of [[A-480,A],[B,b.length]]) for(let o=lo;o<hi;o++) for (const m of [1,0x20]){
 const c=b.slice(); c[o]^=m; const r=await judgeFile(w,c,opt);
 if(r.signatures[0]?.indication!=='TOTAL_FAILED') console.log(o-A,m,JSON.stringify(s[o]),r.verdict,r.signatures.map(x=>x.kind+x.indication).join(),r.reasons.map(x=>x.code).join(), JSON.stringify(r.findings.filter(f=>f.result==='failed').map(f=>f.reason+JSON.stringify(f.details))));
}
