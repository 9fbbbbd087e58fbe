import { utf8 } from '../../../encoding/index.js';

export interface PdfMetadata {
  readonly title: string;
  /** GB/T 36904 identifier of the licence. */
  readonly identifier: string;
  /** RFC 3339 UTC. */
  readonly created: string;
}

/** Namespace of our one property; the UUID is that of our OID arc, so that no domain name is spent on it. */
const NAMESPACE = 'urn:uuid:f391dfe0-e717-43f4-9708-a585306b4f6b:licence#';

/** XMP packet of a PDF/A-3B file with the licence's identifier and the description of its schema (ISO 19005-3 6.6.2, unverified). */
export function xmpPacket({ title, identifier, created }: PdfMetadata): Uint8Array {
  return utf8(`<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>Yinxin</xmp:CreatorTool><xmp:CreateDate>${escapeXml(created)}</xmp:CreateDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:yx="${NAMESPACE}">
<yx:licenceIdentifier>${escapeXml(identifier)}</yx:licenceIdentifier>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Electronic licence</pdfaSchema:schema>
<pdfaSchema:namespaceURI>${NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>yx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>licenceIdentifier</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>Identifier of the licence by GB/T 36904</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
}
