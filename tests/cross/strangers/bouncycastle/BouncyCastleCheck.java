import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.encoders.Hex;

/** BouncyCastle judges the whole CMS, the certificate path and the CRLs of each PDF: BouncyCastleCheck TRUST FILE... */
public final class BouncyCastleCheck {
  private static final Pattern BYTE_RANGE =
      Pattern.compile("/ByteRange\\s*\\[\\s*0\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s*]");

  private static int passed;
  private static int failed;

  public static void main(String[] arguments) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    Path trust = Path.of(arguments[0]);
    List<X509Certificate> roots = new ArrayList<>();
    for (Path file : list(trust.resolve("anchors"))) roots.add(certificate(file));
    List<CRL> crls = new ArrayList<>();
    for (Path file : list(trust.resolve("crls"))) crls.add(x509().generateCRL(new ByteArrayInputStream(Files.readAllBytes(file))));

    for (String file : Arrays.copyOfRange(arguments, 1, arguments.length)) {
      String name = "BouncyCastle, " + Path.of(file).getFileName();
      Seal seal = new Seal(Files.readAllBytes(Path.of(file)));
      X509Certificate root = roots.stream().filter(one -> issued(one, seal.chain.get(1))).findFirst().orElseThrow();
      List<X509Certificate> others = roots.stream().filter(one -> one != root).collect(Collectors.toList());
      check(name + ": CMS over the covered bytes", () -> seal.verifies(seal.covered));
      check(name + ": path and CRLs", () -> validate(seal.chain, List.of(root), crls));
      check(name + ": a byte changed", () -> {
        byte[] changed = seal.covered.clone();
        changed[changed.length / 3] ^= 1;
        try {
          return !seal.verifies(changed);
        } catch (CMSSignerDigestMismatchException expected) {
          return true;
        }
      });
      check(name + ": a byte of the signature changed", () -> !seal.changedSignature().verifies(seal.covered));
      check(name + ": other roots", () -> !validate(seal.chain, others, crls));
      check(name + ": no CRL", () -> !validate(seal.chain, List.of(root), List.of()));
    }
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(failed == 0 && passed > 0 ? 0 : 1);
  }

  private static final class Seal {
    final byte[] covered;
    final byte[] cms;
    /** The signer first. */
    final List<X509Certificate> chain;

    Seal(byte[] file) throws Exception {
      Matcher found = BYTE_RANGE.matcher(new String(file, StandardCharsets.ISO_8859_1));
      if (!found.find()) throw new IllegalArgumentException("no ByteRange");
      int start = Integer.parseInt(found.group(1));
      int end = Integer.parseInt(found.group(2));
      if (end + Integer.parseInt(found.group(3)) != file.length || found.find())
        throw new IllegalArgumentException("the one seal covers all but its own value");
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.write(file, 0, start);
      both.write(file, end, file.length - end);
      covered = both.toByteArray();
      byte[] padded = Hex.decode(Arrays.copyOfRange(file, start + 1, end - 1));
      cms = new ASN1InputStream(padded).readObject().getEncoded();
      chain = chainOf(signedData(new byte[0]));
    }

    private Seal(byte[] covered, byte[] cms, List<X509Certificate> chain) {
      this.covered = covered;
      this.cms = cms;
      this.chain = chain;
    }

    /** The signature value is the last thing in this CMS. */
    Seal changedSignature() {
      byte[] changed = cms.clone();
      changed[changed.length - 1] ^= 1;
      return new Seal(covered, changed, chain);
    }

    boolean verifies(byte[] content) throws Exception {
      Collection<SignerInformation> signers = signedData(content).getSignerInfos().getSigners();
      if (signers.size() != 1) return false;
      SignerInformation signer = signers.iterator().next();
      return signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(chain.get(0)));
    }

    private CMSSignedData signedData(byte[] content) throws Exception {
      return new CMSSignedData(new CMSProcessableByteArray(content), ContentInfo.getInstance(cms));
    }
  }

  private static List<X509Certificate> chainOf(CMSSignedData data) throws Exception {
    SignerInformation signer = data.getSignerInfos().getSigners().iterator().next();
    @SuppressWarnings("unchecked")
    Collection<X509CertificateHolder> own = data.getCertificates().getMatches(signer.getSID());
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter().setProvider("BC");
    List<X509Certificate> chain = new ArrayList<>(List.of(converter.getCertificate(own.iterator().next())));
    for (X509CertificateHolder one : data.getCertificates().getMatches(null)) {
      X509Certificate certificate = converter.getCertificate(one);
      if (issued(certificate, chain.get(0)) && !certificate.equals(chain.get(0))) chain.add(certificate);
    }
    return chain;
  }

  private static boolean issued(X509Certificate issuer, X509Certificate subject) {
    try {
      subject.verify(issuer.getPublicKey(), "BC");
      return subject.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    } catch (Exception notThisOne) {
      return false;
    }
  }

  /** RFC 5280 path validation; every certificate must be shown by a CRL not to be revoked. */
  private static boolean validate(List<X509Certificate> chain, List<X509Certificate> roots, List<CRL> crls) throws Exception {
    Set<TrustAnchor> anchors = roots.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet());
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setRevocationEnabled(true);
    parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(crls), "BC"));
    try {
      CertPathValidator.getInstance("PKIX", "BC").validate(x509().generateCertPath(chain), parameters);
      return true;
    } catch (CertPathValidatorException refused) {
      reason = refused;
      return false;
    }
  }

  /** Why the last path was refused; shown when a check fails. */
  private static Exception reason;

  private static void check(String name, Callable<Boolean> test) {
    String said = "";
    reason = null;
    try {
      if (test.call()) {
        passed++;
        System.out.println("ok      " + name);
        return;
      }
      said = String.valueOf(reason);
    } catch (Exception error) {
      said = error.toString();
    }
    failed++;
    System.out.println("FAILED  " + name + ": " + said);
  }

  private static CertificateFactory x509() throws Exception {
    return CertificateFactory.getInstance("X.509", "BC");
  }

  private static X509Certificate certificate(Path file) throws Exception {
    return (X509Certificate) x509().generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static List<Path> list(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().collect(Collectors.toList());
    }
  }
}
