<?xml version="1.0" encoding="UTF-8"?>
<!-- signatures.xsl: the lines for signatures at the end of a printed form.
     in   the form's element with teacher_name? deputy_name? director_name? staff_name?
     out  template signatures: a line for each of the posts, in their order; template signature: one line, with
          "подпись" and "фамилия, инициалы" below. A form puts everything after its table into div.closing, which
          is printed on the same page as the last rows of the table
     see  the sheets of print/ that include this, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings"
                exclude-result-prefixes="exsl str">

<!-- A post, and the attribute of the form that has the name; without one the name is written by hand. -->
<xsl:variable name="signers">
  <s key="leader" post="Классный руководитель" name="teacher_name"/>
  <s key="teacher" post="Учитель" name="staff_name"/>
  <s key="inspector" post="Проверил(а)" name="staff_name"/>
  <s key="keeper" post="Ответственный"/>
  <s key="deputy" post="Заместитель директора" name="deputy_name"/>
  <s key="director" post="Директор" name="director_name"/>
</xsl:variable>

<!-- posts: keys of $signers; the context node is the form's element. -->
<xsl:template name="signatures">
  <xsl:param name="posts"/>
  <xsl:variable name="form" select="."/>
  <xsl:for-each select="str:tokenize($posts, ' ')">
    <xsl:variable name="signer" select="exsl:node-set($signers)/s[@key = current()]"/>
    <xsl:call-template name="signature">
      <xsl:with-param name="post" select="$signer/@post"/>
      <xsl:with-param name="name" select="$form/@*[name() = $signer/@name]"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template name="signature">
  <xsl:param name="post"/>
  <xsl:param name="name"/>
  <p class="signature">
    <span><xsl:value-of select="$post"/></span>
    <span class="line"></span>
    <span class="line name"><xsl:value-of select="$name"/></span>
  </p>
  <p class="under">
    <span>подпись</span>
    <span>фамилия, инициалы</span>
  </p>
</xsl:template>

</xsl:stylesheet>
