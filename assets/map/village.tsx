<?xml version="1.0" encoding="UTF-8"?>
<tileset version="1.10" tiledversion="1.11.0" name="village" tilewidth="16" tileheight="16" tilecount="1216" columns="32">
 <image source="village.png" width="512" height="608"/>
 <tile id="0" type="ground"/>
 <tile id="1" type="ground"/>
 <tile id="2" type="ground"/>
 <tile id="3" type="ground"/>
 <tile id="4" type="ground"/>
 <tile id="5" type="ground"/>
 <tile id="6" type="ground"/>
 <tile id="7" type="ground"/>
 <tile id="8" type="ground"/>
 <tile id="9" type="ground"/>
 <tile id="10" type="ground"/>
 <tile id="11" type="ground"/>
 <tile id="12" type="ground"/>
 <tile id="13" type="ground"/>
 <tile id="14" type="ground"/>
 <tile id="15" type="ground"/>
 <tile id="16" type="ground">
  <animation>
   <frame tileid="16" duration="260"/>
   <frame tileid="17" duration="260"/>
   <frame tileid="18" duration="260"/>
   <frame tileid="19" duration="260"/>
  </animation>
 </tile>
 <tile id="20" type="ground">
  <animation>
   <frame tileid="20" duration="260"/>
   <frame tileid="21" duration="260"/>
   <frame tileid="22" duration="260"/>
   <frame tileid="23" duration="260"/>
  </animation>
 </tile>
 <tile id="24" type="ground">
  <animation>
   <frame tileid="24" duration="260"/>
   <frame tileid="25" duration="260"/>
   <frame tileid="26" duration="260"/>
   <frame tileid="27" duration="260"/>
  </animation>
 </tile>
 <tile id="28" type="ground">
  <animation>
   <frame tileid="28" duration="260"/>
   <frame tileid="29" duration="260"/>
   <frame tileid="30" duration="260"/>
   <frame tileid="31" duration="260"/>
  </animation>
 </tile>
 <tile id="32" type="ground">
  <animation>
   <frame tileid="32" duration="260"/>
   <frame tileid="33" duration="260"/>
   <frame tileid="34" duration="260"/>
   <frame tileid="35" duration="260"/>
  </animation>
 </tile>
 <tile id="36" type="ground">
  <animation>
   <frame tileid="36" duration="260"/>
   <frame tileid="37" duration="260"/>
   <frame tileid="38" duration="260"/>
   <frame tileid="39" duration="260"/>
  </animation>
 </tile>
 <tile id="40" type="ground">
  <animation>
   <frame tileid="40" duration="260"/>
   <frame tileid="41" duration="260"/>
   <frame tileid="42" duration="260"/>
   <frame tileid="43" duration="260"/>
  </animation>
 </tile>
 <tile id="44" type="ground">
  <animation>
   <frame tileid="44" duration="260"/>
   <frame tileid="45" duration="260"/>
   <frame tileid="46" duration="260"/>
   <frame tileid="47" duration="260"/>
  </animation>
 </tile>
 <tile id="48" type="ground"/>
 <tile id="49" type="ground"/>
 <tile id="50" type="ground"/>
 <tile id="51" type="ground"/>
 <tile id="52" type="ground"/>
 <tile id="53" type="ground"/>
 <tile id="54" type="ground">
  <animation>
   <frame tileid="54" duration="260"/>
   <frame tileid="55" duration="260"/>
   <frame tileid="56" duration="260"/>
   <frame tileid="57" duration="260"/>
  </animation>
 </tile>
 <tile id="58" type="ground">
  <animation>
   <frame tileid="58" duration="260"/>
   <frame tileid="59" duration="260"/>
   <frame tileid="60" duration="260"/>
   <frame tileid="61" duration="260"/>
  </animation>
 </tile>
 <tile id="62" type="ground">
  <animation>
   <frame tileid="62" duration="260"/>
   <frame tileid="63" duration="260"/>
   <frame tileid="64" duration="260"/>
   <frame tileid="65" duration="260"/>
  </animation>
 </tile>
 <tile id="66" type="ground">
  <animation>
   <frame tileid="66" duration="260"/>
   <frame tileid="67" duration="260"/>
   <frame tileid="68" duration="260"/>
   <frame tileid="69" duration="260"/>
  </animation>
 </tile>
 <tile id="70" type="ground">
  <animation>
   <frame tileid="70" duration="260"/>
   <frame tileid="71" duration="260"/>
   <frame tileid="72" duration="260"/>
   <frame tileid="73" duration="260"/>
  </animation>
 </tile>
 <tile id="74" type="ground">
  <animation>
   <frame tileid="74" duration="260"/>
   <frame tileid="75" duration="260"/>
   <frame tileid="76" duration="260"/>
   <frame tileid="77" duration="260"/>
  </animation>
 </tile>
 <tile id="78" type="ground"/>
 <tile id="79" type="ground"/>
 <tile id="80" type="ground"/>
 <tile id="81" type="ground"/>
 <tile id="82" type="ground"/>
 <tile id="83" type="ground"/>
 <tile id="84" type="ground"/>
 <tile id="85" type="ground"/>
 <tile id="86" type="ground">
  <animation>
   <frame tileid="86" duration="260"/>
   <frame tileid="87" duration="260"/>
   <frame tileid="88" duration="260"/>
   <frame tileid="89" duration="260"/>
  </animation>
 </tile>
 <tile id="90" type="ground">
  <animation>
   <frame tileid="90" duration="260"/>
   <frame tileid="91" duration="260"/>
   <frame tileid="92" duration="260"/>
   <frame tileid="93" duration="260"/>
  </animation>
 </tile>
 <tile id="94" type="ground">
  <animation>
   <frame tileid="94" duration="260"/>
   <frame tileid="95" duration="260"/>
   <frame tileid="96" duration="260"/>
   <frame tileid="97" duration="260"/>
  </animation>
 </tile>
 <tile id="98" type="ground"/>
 <tile id="99" type="ground">
  <animation>
   <frame tileid="99" duration="260"/>
   <frame tileid="100" duration="260"/>
   <frame tileid="101" duration="260"/>
   <frame tileid="102" duration="260"/>
  </animation>
 </tile>
 <tile id="103" type="ground">
  <animation>
   <frame tileid="103" duration="260"/>
   <frame tileid="104" duration="260"/>
   <frame tileid="105" duration="260"/>
   <frame tileid="106" duration="260"/>
  </animation>
 </tile>
 <tile id="107" type="ground"/>
 <tile id="108" type="ground">
  <animation>
   <frame tileid="108" duration="260"/>
   <frame tileid="109" duration="260"/>
   <frame tileid="110" duration="260"/>
   <frame tileid="111" duration="260"/>
  </animation>
 </tile>
 <tile id="112" type="ground">
  <animation>
   <frame tileid="112" duration="260"/>
   <frame tileid="113" duration="260"/>
   <frame tileid="114" duration="260"/>
   <frame tileid="115" duration="260"/>
  </animation>
 </tile>
 <tile id="116" type="ground">
  <animation>
   <frame tileid="116" duration="260"/>
   <frame tileid="117" duration="260"/>
   <frame tileid="118" duration="260"/>
   <frame tileid="119" duration="260"/>
  </animation>
 </tile>
 <tile id="120" type="ground">
  <animation>
   <frame tileid="120" duration="260"/>
   <frame tileid="121" duration="260"/>
   <frame tileid="122" duration="260"/>
   <frame tileid="123" duration="260"/>
  </animation>
 </tile>
 <tile id="124" type="ground">
  <animation>
   <frame tileid="124" duration="260"/>
   <frame tileid="125" duration="260"/>
   <frame tileid="126" duration="260"/>
   <frame tileid="127" duration="260"/>
  </animation>
 </tile>
 <tile id="128" type="ground"/>
 <tile id="129" type="ground"/>
 <tile id="130" type="ground"/>
 <tile id="131" type="ground"/>
 <tile id="132" type="ground"/>
 <tile id="133" type="ground">
  <animation>
   <frame tileid="133" duration="260"/>
   <frame tileid="134" duration="260"/>
   <frame tileid="135" duration="260"/>
   <frame tileid="136" duration="260"/>
  </animation>
 </tile>
 <tile id="137" type="ground">
  <animation>
   <frame tileid="137" duration="260"/>
   <frame tileid="138" duration="260"/>
   <frame tileid="139" duration="260"/>
   <frame tileid="140" duration="260"/>
  </animation>
 </tile>
 <tile id="141" type="ground">
  <animation>
   <frame tileid="141" duration="260"/>
   <frame tileid="142" duration="260"/>
   <frame tileid="143" duration="260"/>
   <frame tileid="144" duration="260"/>
  </animation>
 </tile>
 <tile id="145" type="ground">
  <animation>
   <frame tileid="145" duration="260"/>
   <frame tileid="146" duration="260"/>
   <frame tileid="147" duration="260"/>
   <frame tileid="148" duration="260"/>
  </animation>
 </tile>
 <tile id="149" type="ground">
  <animation>
   <frame tileid="149" duration="260"/>
   <frame tileid="150" duration="260"/>
   <frame tileid="151" duration="260"/>
   <frame tileid="152" duration="260"/>
  </animation>
 </tile>
 <tile id="153" type="ground">
  <animation>
   <frame tileid="153" duration="260"/>
   <frame tileid="154" duration="260"/>
   <frame tileid="155" duration="260"/>
   <frame tileid="156" duration="260"/>
  </animation>
 </tile>
 <tile id="157" type="ground"/>
 <tile id="158" type="ground"/>
 <tile id="159" type="ground"/>
 <tile id="160" type="ground">
  <animation>
   <frame tileid="160" duration="260"/>
   <frame tileid="161" duration="260"/>
   <frame tileid="162" duration="260"/>
   <frame tileid="163" duration="260"/>
  </animation>
 </tile>
 <tile id="164" type="ground">
  <animation>
   <frame tileid="164" duration="260"/>
   <frame tileid="165" duration="260"/>
   <frame tileid="166" duration="260"/>
   <frame tileid="167" duration="260"/>
  </animation>
 </tile>
 <tile id="168" type="ground"/>
 <tile id="169" type="ground"/>
 <tile id="170" type="ground"/>
 <tile id="171" type="ground"/>
 <tile id="172" type="ground">
  <animation>
   <frame tileid="172" duration="260"/>
   <frame tileid="173" duration="260"/>
   <frame tileid="174" duration="260"/>
   <frame tileid="175" duration="260"/>
  </animation>
 </tile>
 <tile id="176" type="ground">
  <animation>
   <frame tileid="176" duration="260"/>
   <frame tileid="177" duration="260"/>
   <frame tileid="178" duration="260"/>
   <frame tileid="179" duration="260"/>
  </animation>
 </tile>
 <tile id="180" type="ground">
  <animation>
   <frame tileid="180" duration="260"/>
   <frame tileid="181" duration="260"/>
   <frame tileid="182" duration="260"/>
   <frame tileid="183" duration="260"/>
  </animation>
 </tile>
 <tile id="184" type="ground">
  <animation>
   <frame tileid="184" duration="260"/>
   <frame tileid="185" duration="260"/>
   <frame tileid="186" duration="260"/>
   <frame tileid="187" duration="260"/>
  </animation>
 </tile>
 <tile id="188" type="ground"/>
 <tile id="189" type="ground"/>
 <tile id="190" type="ground"/>
 <tile id="191" type="ground"/>
 <tile id="192" type="ground"/>
 <tile id="193" type="ground"/>
 <tile id="194" type="ground"/>
 <tile id="195" type="ground"/>
 <tile id="196" type="ground"/>
 <tile id="197" type="ground"/>
 <tile id="198" type="ground">
  <animation>
   <frame tileid="198" duration="260"/>
   <frame tileid="199" duration="260"/>
   <frame tileid="200" duration="260"/>
   <frame tileid="201" duration="260"/>
  </animation>
 </tile>
 <tile id="202" type="ground">
  <animation>
   <frame tileid="202" duration="260"/>
   <frame tileid="203" duration="260"/>
   <frame tileid="204" duration="260"/>
   <frame tileid="205" duration="260"/>
  </animation>
 </tile>
 <tile id="206" type="ground">
  <animation>
   <frame tileid="206" duration="260"/>
   <frame tileid="207" duration="260"/>
   <frame tileid="208" duration="260"/>
   <frame tileid="209" duration="260"/>
  </animation>
 </tile>
 <tile id="210" type="ground"/>
 <tile id="211" type="ground"/>
 <tile id="212" type="ground"/>
 <tile id="213" type="ground"/>
 <tile id="214" type="ground"/>
 <tile id="215" type="ground"/>
 <tile id="216" type="ground"/>
 <tile id="217" type="ground"/>
 <tile id="218" type="ground"/>
 <tile id="219" type="ground">
  <animation>
   <frame tileid="219" duration="260"/>
   <frame tileid="220" duration="260"/>
   <frame tileid="221" duration="260"/>
   <frame tileid="222" duration="260"/>
  </animation>
 </tile>
 <tile id="223" type="ground">
  <animation>
   <frame tileid="223" duration="260"/>
   <frame tileid="224" duration="260"/>
   <frame tileid="225" duration="260"/>
   <frame tileid="226" duration="260"/>
  </animation>
 </tile>
 <tile id="227" type="ground">
  <animation>
   <frame tileid="227" duration="260"/>
   <frame tileid="228" duration="260"/>
   <frame tileid="229" duration="260"/>
   <frame tileid="230" duration="260"/>
  </animation>
 </tile>
 <tile id="231" type="ground">
  <animation>
   <frame tileid="231" duration="260"/>
   <frame tileid="232" duration="260"/>
   <frame tileid="233" duration="260"/>
   <frame tileid="234" duration="260"/>
  </animation>
 </tile>
 <tile id="235" type="ground"/>
 <tile id="236" type="ground"/>
 <tile id="237" type="ground"/>
 <tile id="238" type="ground"/>
 <tile id="239" type="ground"/>
 <tile id="240" type="ground"/>
 <tile id="241" type="ground"/>
 <tile id="242" type="ground"/>
 <tile id="243" type="ground">
  <animation>
   <frame tileid="243" duration="260"/>
   <frame tileid="244" duration="260"/>
   <frame tileid="245" duration="260"/>
   <frame tileid="246" duration="260"/>
  </animation>
 </tile>
 <tile id="247" type="ground"/>
 <tile id="248" type="ground"/>
 <tile id="249" type="ground"/>
 <tile id="250" type="ground"/>
 <tile id="251" type="ground"/>
 <tile id="252" type="ground"/>
 <tile id="253" type="ground"/>
 <tile id="254" type="ground"/>
 <tile id="255" type="ground"/>
 <tile id="256" type="ground"/>
 <tile id="257" type="ground"/>
 <tile id="258" type="ground">
  <animation>
   <frame tileid="258" duration="260"/>
   <frame tileid="259" duration="260"/>
   <frame tileid="260" duration="260"/>
   <frame tileid="261" duration="260"/>
  </animation>
 </tile>
 <tile id="262" type="ground">
  <animation>
   <frame tileid="262" duration="260"/>
   <frame tileid="263" duration="260"/>
   <frame tileid="264" duration="260"/>
   <frame tileid="265" duration="260"/>
  </animation>
 </tile>
 <tile id="266" type="ground"/>
 <tile id="267" type="ground"/>
 <tile id="268" type="ground"/>
 <tile id="269" type="ground"/>
 <tile id="270" type="ground"/>
 <tile id="271" type="ground"/>
 <tile id="272" type="ground"/>
 <tile id="273" type="ground"/>
 <tile id="274" type="ground"/>
 <tile id="275" type="ground"/>
 <tile id="276" type="ground"/>
 <tile id="277" type="ground"/>
 <tile id="278" type="ground"/>
 <tile id="279" type="ground"/>
 <tile id="280" type="ground"/>
 <tile id="281" type="ground"/>
 <tile id="282" type="ground"/>
 <tile id="283" type="ground">
  <animation>
   <frame tileid="283" duration="260"/>
   <frame tileid="284" duration="260"/>
   <frame tileid="285" duration="260"/>
   <frame tileid="286" duration="260"/>
  </animation>
 </tile>
 <tile id="287" type="ground">
  <animation>
   <frame tileid="287" duration="260"/>
   <frame tileid="288" duration="260"/>
   <frame tileid="289" duration="260"/>
   <frame tileid="290" duration="260"/>
  </animation>
 </tile>
 <tile id="291" type="ground"/>
 <tile id="292" type="ground"/>
 <tile id="293" type="ground"/>
 <tile id="294" type="ground"/>
 <tile id="295" type="ground"/>
 <tile id="296" type="ground"/>
 <tile id="297" type="ground"/>
 <tile id="298" type="ground"/>
 <tile id="299" type="ground"/>
 <tile id="300" type="ground"/>
 <tile id="301" type="ground"/>
 <tile id="302" type="ground"/>
 <tile id="303" type="ground"/>
 <tile id="304" type="ground"/>
 <tile id="305" type="ground"/>
 <tile id="306" type="ground">
  <animation>
   <frame tileid="306" duration="260"/>
   <frame tileid="307" duration="260"/>
   <frame tileid="308" duration="260"/>
   <frame tileid="309" duration="260"/>
  </animation>
 </tile>
 <tile id="310" type="ground">
  <animation>
   <frame tileid="310" duration="260"/>
   <frame tileid="311" duration="260"/>
   <frame tileid="312" duration="260"/>
   <frame tileid="313" duration="260"/>
  </animation>
 </tile>
 <tile id="314" type="ground">
  <animation>
   <frame tileid="314" duration="260"/>
   <frame tileid="315" duration="260"/>
   <frame tileid="316" duration="260"/>
   <frame tileid="317" duration="260"/>
  </animation>
 </tile>
 <tile id="318" type="ground"/>
 <tile id="319" type="ground"/>
 <tile id="320" type="ground"/>
 <tile id="321" type="ground"/>
 <tile id="322" type="ground"/>
 <tile id="323" type="ground"/>
 <tile id="324" type="ground">
  <animation>
   <frame tileid="324" duration="260"/>
   <frame tileid="325" duration="260"/>
   <frame tileid="326" duration="260"/>
   <frame tileid="327" duration="260"/>
  </animation>
 </tile>
 <tile id="328" type="ground"/>
 <tile id="329" type="ground"/>
 <tile id="330" type="ground"/>
 <tile id="331" type="ground"/>
 <tile id="332" type="ground"/>
 <tile id="333" type="ground"/>
 <tile id="334" type="ground">
  <animation>
   <frame tileid="334" duration="260"/>
   <frame tileid="335" duration="260"/>
   <frame tileid="336" duration="260"/>
   <frame tileid="337" duration="260"/>
  </animation>
 </tile>
 <tile id="338" type="ground">
  <animation>
   <frame tileid="338" duration="260"/>
   <frame tileid="339" duration="260"/>
   <frame tileid="340" duration="260"/>
   <frame tileid="341" duration="260"/>
  </animation>
 </tile>
 <tile id="342" type="ground"/>
 <tile id="343" type="ground"/>
 <tile id="344" type="ground"/>
 <tile id="345" type="ground"/>
 <tile id="346" type="ground"/>
 <tile id="347" type="ground"/>
 <tile id="348" type="ground">
  <animation>
   <frame tileid="348" duration="260"/>
   <frame tileid="349" duration="260"/>
   <frame tileid="350" duration="260"/>
   <frame tileid="351" duration="260"/>
  </animation>
 </tile>
 <tile id="352" type="ground">
  <animation>
   <frame tileid="352" duration="260"/>
   <frame tileid="353" duration="260"/>
   <frame tileid="354" duration="260"/>
   <frame tileid="355" duration="260"/>
  </animation>
 </tile>
 <tile id="356" type="ground">
  <animation>
   <frame tileid="356" duration="260"/>
   <frame tileid="357" duration="260"/>
   <frame tileid="358" duration="260"/>
   <frame tileid="359" duration="260"/>
  </animation>
 </tile>
 <tile id="360" type="ground">
  <animation>
   <frame tileid="360" duration="260"/>
   <frame tileid="361" duration="260"/>
   <frame tileid="362" duration="260"/>
   <frame tileid="363" duration="260"/>
  </animation>
 </tile>
 <tile id="364" type="ground">
  <animation>
   <frame tileid="364" duration="260"/>
   <frame tileid="365" duration="260"/>
   <frame tileid="366" duration="260"/>
   <frame tileid="367" duration="260"/>
  </animation>
 </tile>
 <tile id="368" type="ground">
  <animation>
   <frame tileid="368" duration="260"/>
   <frame tileid="369" duration="260"/>
   <frame tileid="370" duration="260"/>
   <frame tileid="371" duration="260"/>
  </animation>
 </tile>
 <tile id="372" type="ground"/>
 <tile id="373" type="ground"/>
 <tile id="374" type="ground"/>
 <tile id="375" type="ground"/>
 <tile id="376" type="ground"/>
 <tile id="377" type="ground"/>
 <tile id="378" type="ground"/>
 <tile id="379" type="ground">
  <animation>
   <frame tileid="379" duration="260"/>
   <frame tileid="380" duration="260"/>
   <frame tileid="381" duration="260"/>
   <frame tileid="382" duration="260"/>
  </animation>
 </tile>
 <tile id="383" type="ground">
  <animation>
   <frame tileid="383" duration="260"/>
   <frame tileid="384" duration="260"/>
   <frame tileid="385" duration="260"/>
   <frame tileid="386" duration="260"/>
  </animation>
 </tile>
 <tile id="387" type="ground">
  <animation>
   <frame tileid="387" duration="260"/>
   <frame tileid="388" duration="260"/>
   <frame tileid="389" duration="260"/>
   <frame tileid="390" duration="260"/>
  </animation>
 </tile>
 <tile id="391" type="ground">
  <animation>
   <frame tileid="391" duration="260"/>
   <frame tileid="392" duration="260"/>
   <frame tileid="393" duration="260"/>
   <frame tileid="394" duration="260"/>
  </animation>
 </tile>
 <tile id="395" type="ground"/>
 <tile id="396" type="ground">
  <animation>
   <frame tileid="396" duration="260"/>
   <frame tileid="397" duration="260"/>
   <frame tileid="398" duration="260"/>
   <frame tileid="399" duration="260"/>
  </animation>
 </tile>
 <tile id="400" type="ground">
  <animation>
   <frame tileid="400" duration="260"/>
   <frame tileid="401" duration="260"/>
   <frame tileid="402" duration="260"/>
   <frame tileid="403" duration="260"/>
  </animation>
 </tile>
 <tile id="404" type="ground">
  <animation>
   <frame tileid="404" duration="260"/>
   <frame tileid="405" duration="260"/>
   <frame tileid="406" duration="260"/>
   <frame tileid="407" duration="260"/>
  </animation>
 </tile>
 <tile id="408" type="ground">
  <animation>
   <frame tileid="408" duration="260"/>
   <frame tileid="409" duration="260"/>
   <frame tileid="410" duration="260"/>
   <frame tileid="411" duration="260"/>
  </animation>
 </tile>
 <tile id="412" type="ground"/>
 <tile id="413" type="ground"/>
 <tile id="414" type="ground">
  <animation>
   <frame tileid="414" duration="260"/>
   <frame tileid="415" duration="260"/>
   <frame tileid="416" duration="260"/>
   <frame tileid="417" duration="260"/>
  </animation>
 </tile>
 <tile id="418" type="ground">
  <animation>
   <frame tileid="418" duration="260"/>
   <frame tileid="419" duration="260"/>
   <frame tileid="420" duration="260"/>
   <frame tileid="421" duration="260"/>
  </animation>
 </tile>
 <tile id="422" type="ground"/>
 <tile id="423" type="ground"/>
 <tile id="424" type="ground"/>
 <tile id="425" type="ground">
  <animation>
   <frame tileid="425" duration="260"/>
   <frame tileid="426" duration="260"/>
   <frame tileid="427" duration="260"/>
   <frame tileid="428" duration="260"/>
  </animation>
 </tile>
 <tile id="429" type="ground">
  <animation>
   <frame tileid="429" duration="260"/>
   <frame tileid="430" duration="260"/>
   <frame tileid="431" duration="260"/>
   <frame tileid="432" duration="260"/>
  </animation>
 </tile>
 <tile id="433" type="ground">
  <animation>
   <frame tileid="433" duration="260"/>
   <frame tileid="434" duration="260"/>
   <frame tileid="435" duration="260"/>
   <frame tileid="436" duration="260"/>
  </animation>
 </tile>
 <tile id="437" type="ground">
  <animation>
   <frame tileid="437" duration="260"/>
   <frame tileid="438" duration="260"/>
   <frame tileid="439" duration="260"/>
   <frame tileid="440" duration="260"/>
  </animation>
 </tile>
 <tile id="441" type="ground">
  <animation>
   <frame tileid="441" duration="260"/>
   <frame tileid="442" duration="260"/>
   <frame tileid="443" duration="260"/>
   <frame tileid="444" duration="260"/>
  </animation>
 </tile>
 <tile id="445" type="ground"/>
 <tile id="446" type="ground"/>
 <tile id="447" type="ground">
  <animation>
   <frame tileid="447" duration="260"/>
   <frame tileid="448" duration="260"/>
   <frame tileid="449" duration="260"/>
   <frame tileid="450" duration="260"/>
  </animation>
 </tile>
 <tile id="451" type="ground"/>
 <tile id="452" type="ground">
  <animation>
   <frame tileid="452" duration="260"/>
   <frame tileid="453" duration="260"/>
   <frame tileid="454" duration="260"/>
   <frame tileid="455" duration="260"/>
  </animation>
 </tile>
 <tile id="456" type="ground">
  <animation>
   <frame tileid="456" duration="260"/>
   <frame tileid="457" duration="260"/>
   <frame tileid="458" duration="260"/>
   <frame tileid="459" duration="260"/>
  </animation>
 </tile>
 <tile id="460" type="ground"/>
 <tile id="461" type="ground"/>
 <tile id="462" type="ground"/>
 <tile id="463" type="ground"/>
 <tile id="464" type="ground"/>
 <tile id="465" type="ground"/>
 <tile id="466" type="ground"/>
 <tile id="467" type="ground"/>
 <tile id="468" type="ground"/>
 <tile id="469" type="ground"/>
 <tile id="470" type="ground">
  <animation>
   <frame tileid="470" duration="260"/>
   <frame tileid="471" duration="260"/>
   <frame tileid="472" duration="260"/>
   <frame tileid="473" duration="260"/>
  </animation>
 </tile>
 <tile id="474" type="ground">
  <animation>
   <frame tileid="474" duration="260"/>
   <frame tileid="475" duration="260"/>
   <frame tileid="476" duration="260"/>
   <frame tileid="477" duration="260"/>
  </animation>
 </tile>
 <tile id="478" type="ground"/>
 <tile id="479" type="ground"/>
 <tile id="480" type="ground">
  <animation>
   <frame tileid="480" duration="260"/>
   <frame tileid="481" duration="260"/>
   <frame tileid="482" duration="260"/>
   <frame tileid="483" duration="260"/>
  </animation>
 </tile>
 <tile id="484" type="ground"/>
 <tile id="485" type="ground">
  <animation>
   <frame tileid="485" duration="260"/>
   <frame tileid="486" duration="260"/>
   <frame tileid="487" duration="260"/>
   <frame tileid="488" duration="260"/>
  </animation>
 </tile>
 <tile id="489" type="ground">
  <animation>
   <frame tileid="489" duration="260"/>
   <frame tileid="490" duration="260"/>
   <frame tileid="491" duration="260"/>
   <frame tileid="492" duration="260"/>
  </animation>
 </tile>
 <tile id="493" type="ground">
  <animation>
   <frame tileid="493" duration="260"/>
   <frame tileid="494" duration="260"/>
   <frame tileid="495" duration="260"/>
   <frame tileid="496" duration="260"/>
  </animation>
 </tile>
 <tile id="497" type="ground">
  <animation>
   <frame tileid="497" duration="260"/>
   <frame tileid="498" duration="260"/>
   <frame tileid="499" duration="260"/>
   <frame tileid="500" duration="260"/>
  </animation>
 </tile>
 <tile id="501" type="ground">
  <animation>
   <frame tileid="501" duration="260"/>
   <frame tileid="502" duration="260"/>
   <frame tileid="503" duration="260"/>
   <frame tileid="504" duration="260"/>
  </animation>
 </tile>
 <tile id="505" type="ground"/>
 <tile id="506" type="ground"/>
 <tile id="507" type="ground"/>
 <tile id="508" type="ground"/>
 <tile id="509" type="ground"/>
 <tile id="510" type="ground"/>
 <tile id="511" type="ground"/>
 <tile id="512" type="ground"/>
 <tile id="513" type="ground"/>
 <tile id="514" type="ground"/>
 <tile id="515" type="ground"/>
 <tile id="516" type="ground"/>
 <tile id="517" type="ground"/>
 <tile id="518" type="ground"/>
 <tile id="519" type="ground"/>
 <tile id="520" type="ground">
  <animation>
   <frame tileid="520" duration="260"/>
   <frame tileid="521" duration="260"/>
   <frame tileid="522" duration="260"/>
   <frame tileid="523" duration="260"/>
  </animation>
 </tile>
 <tile id="524" type="ground">
  <animation>
   <frame tileid="524" duration="260"/>
   <frame tileid="525" duration="260"/>
   <frame tileid="526" duration="260"/>
   <frame tileid="527" duration="260"/>
  </animation>
 </tile>
 <tile id="528" type="ground">
  <animation>
   <frame tileid="528" duration="260"/>
   <frame tileid="529" duration="260"/>
   <frame tileid="530" duration="260"/>
   <frame tileid="531" duration="260"/>
  </animation>
 </tile>
 <tile id="532" type="ground">
  <animation>
   <frame tileid="532" duration="260"/>
   <frame tileid="533" duration="260"/>
   <frame tileid="534" duration="260"/>
   <frame tileid="535" duration="260"/>
  </animation>
 </tile>
 <tile id="536" type="ground">
  <animation>
   <frame tileid="536" duration="260"/>
   <frame tileid="537" duration="260"/>
   <frame tileid="538" duration="260"/>
   <frame tileid="539" duration="260"/>
  </animation>
 </tile>
 <tile id="540" type="ground">
  <animation>
   <frame tileid="540" duration="260"/>
   <frame tileid="541" duration="260"/>
   <frame tileid="542" duration="260"/>
   <frame tileid="543" duration="260"/>
  </animation>
 </tile>
 <tile id="544" type="ground">
  <animation>
   <frame tileid="544" duration="260"/>
   <frame tileid="545" duration="260"/>
   <frame tileid="546" duration="260"/>
   <frame tileid="547" duration="260"/>
  </animation>
 </tile>
 <tile id="548" type="ground">
  <animation>
   <frame tileid="548" duration="260"/>
   <frame tileid="549" duration="260"/>
   <frame tileid="550" duration="260"/>
   <frame tileid="551" duration="260"/>
  </animation>
 </tile>
 <tile id="552" type="ground">
  <animation>
   <frame tileid="552" duration="260"/>
   <frame tileid="553" duration="260"/>
   <frame tileid="554" duration="260"/>
   <frame tileid="555" duration="260"/>
  </animation>
 </tile>
 <tile id="556" type="ground">
  <animation>
   <frame tileid="556" duration="260"/>
   <frame tileid="557" duration="260"/>
   <frame tileid="558" duration="260"/>
   <frame tileid="559" duration="260"/>
  </animation>
 </tile>
 <tile id="560" type="ground">
  <animation>
   <frame tileid="560" duration="260"/>
   <frame tileid="561" duration="260"/>
   <frame tileid="562" duration="260"/>
   <frame tileid="563" duration="260"/>
  </animation>
 </tile>
 <tile id="564" type="ground"/>
 <tile id="565" type="ground"/>
 <tile id="566" type="ground"/>
 <tile id="567" type="ground"/>
 <tile id="568" type="ground"/>
 <tile id="569" type="ground"/>
 <tile id="570" type="ground"/>
 <tile id="571" type="ground"/>
 <tile id="572" type="ground"/>
 <tile id="573" type="ground"/>
 <tile id="574" type="ground"/>
 <tile id="575" type="ground"/>
 <tile id="576" type="pine"/>
 <tile id="577" type="pine"/>
 <tile id="578" type="pine"/>
 <tile id="579" type="pine"/>
 <tile id="580" type="pine"/>
 <tile id="581" type="pine"/>
 <tile id="582" type="pine"/>
 <tile id="583" type="pine"/>
 <tile id="584" type="pine"/>
 <tile id="585" type="pine"/>
 <tile id="586" type="pine"/>
 <tile id="587" type="pine"/>
 <tile id="588" type="oak"/>
 <tile id="589" type="oak"/>
 <tile id="590" type="oak"/>
 <tile id="591" type="oak"/>
 <tile id="592" type="oak"/>
 <tile id="593" type="oak"/>
 <tile id="594" type="oak"/>
 <tile id="595" type="oak"/>
 <tile id="596" type="oak"/>
 <tile id="597" type="oak"/>
 <tile id="598" type="oak"/>
 <tile id="599" type="oak"/>
 <tile id="600" type="oak"/>
 <tile id="601" type="oak"/>
 <tile id="602" type="oak"/>
 <tile id="603" type="oak"/>
 <tile id="604" type="oak"/>
 <tile id="605" type="oak"/>
 <tile id="606" type="fence"/>
 <tile id="607" type="fence"/>
 <tile id="608" type="fence"/>
 <tile id="609" type="oak"/>
 <tile id="610" type="oak"/>
 <tile id="611" type="oak"/>
 <tile id="612" type="oak"/>
 <tile id="613" type="oak"/>
 <tile id="614" type="oak"/>
 <tile id="615" type="oak"/>
 <tile id="616" type="oak"/>
 <tile id="617" type="oak"/>
 <tile id="618" type="reeds"/>
 <tile id="619" type="reeds"/>
 <tile id="620" type="fence"/>
 <tile id="621" type="reeds"/>
 <tile id="622" type="reeds"/>
 <tile id="623" type="herb_bed0"/>
 <tile id="624" type="herb_bed0"/>
 <tile id="625" type="herb_bed1"/>
 <tile id="626" type="herb_bed1"/>
 <tile id="627" type="blossom"/>
 <tile id="628" type="blossom"/>
 <tile id="629" type="blossom"/>
 <tile id="630" type="blossom"/>
 <tile id="631" type="blossom"/>
 <tile id="632" type="blossom"/>
 <tile id="633" type="blossom"/>
 <tile id="634" type="blossom"/>
 <tile id="635" type="blossom"/>
 <tile id="636" type="herb_bed2"/>
 <tile id="637" type="herb_bed2"/>
 <tile id="638" type="herb_bed3"/>
 <tile id="639" type="herb_bed3"/>
 <tile id="640" type="shrine"/>
 <tile id="641" type="shrine"/>
 <tile id="642" type="shrine"/>
 <tile id="643" type="shrine"/>
 <tile id="644" type="shrine"/>
 <tile id="645" type="shrine"/>
 <tile id="646" type="shrine"/>
 <tile id="647" type="shrine"/>
 <tile id="648" type="shrine"/>
 <tile id="649" type="shrine"/>
 <tile id="650" type="shrine"/>
 <tile id="651" type="shrine"/>
 <tile id="652" type="bush"/>
 <tile id="653" type="herb_hut"/>
 <tile id="654" type="herb_hut"/>
 <tile id="655" type="herb_hut"/>
 <tile id="656" type="herb_hut"/>
 <tile id="657" type="herb_hut"/>
 <tile id="658" type="herb_hut"/>
 <tile id="659" type="herb_hut"/>
 <tile id="660" type="herb_hut"/>
 <tile id="661" type="herb_hut"/>
 <tile id="662" type="herb_hut"/>
 <tile id="663" type="herb_hut"/>
 <tile id="664" type="herb_hut"/>
 <tile id="665" type="herb_hut"/>
 <tile id="666" type="herb_hut"/>
 <tile id="667" type="herb_hut"/>
 <tile id="668" type="herb_hut"/>
 <tile id="669" type="herb_hut"/>
 <tile id="670" type="herb_hut"/>
 <tile id="671" type="herb_hut"/>
 <tile id="672" type="herb_hut"/>
 <tile id="673" type="herb_hut"/>
 <tile id="674" type="herb_hut"/>
 <tile id="675" type="herb_hut"/>
 <tile id="676" type="herb_hut"/>
 <tile id="677" type="herb_hut"/>
 <tile id="678" type="herb_hut"/>
 <tile id="679" type="herb_hut"/>
 <tile id="680" type="herb_hut"/>
 <tile id="681" type="herb_hut"/>
 <tile id="682" type="herb_hut"/>
 <tile id="683" type="herb_hut"/>
 <tile id="684" type="herb_hut"/>
 <tile id="685" type="herb_hut"/>
 <tile id="686" type="herb_hut"/>
 <tile id="687" type="lamp"/>
 <tile id="688" type="lamp"/>
 <tile id="689" type="lamp"/>
 <tile id="690" type="stone_lantern"/>
 <tile id="691" type="stone_lantern"/>
 <tile id="692" type="sacks"/>
 <tile id="693" type="mill"/>
 <tile id="694" type="mill"/>
 <tile id="695" type="mill"/>
 <tile id="696" type="mill"/>
 <tile id="697" type="mill"/>
 <tile id="698" type="mill"/>
 <tile id="699" type="mill"/>
 <tile id="700" type="mill"/>
 <tile id="701" type="mill"/>
 <tile id="702" type="mill"/>
 <tile id="703" type="mill"/>
 <tile id="704" type="mill"/>
 <tile id="705" type="mill"/>
 <tile id="706" type="mill"/>
 <tile id="707" type="mill"/>
 <tile id="708" type="mill"/>
 <tile id="709" type="mill"/>
 <tile id="710" type="mill"/>
 <tile id="711" type="mill"/>
 <tile id="712" type="mill"/>
 <tile id="713" type="mill"/>
 <tile id="714" type="mill"/>
 <tile id="715" type="mill"/>
 <tile id="716" type="mill"/>
 <tile id="717" type="mill"/>
 <tile id="718" type="mill"/>
 <tile id="719" type="mill"/>
 <tile id="720" type="mill"/>
 <tile id="721" type="mill"/>
 <tile id="722" type="mill"/>
 <tile id="723" type="mill"/>
 <tile id="724" type="mill"/>
 <tile id="725" type="mill"/>
 <tile id="726" type="mill"/>
 <tile id="727" type="mill"/>
 <tile id="728" type="mill"/>
 <tile id="729" type="mill"/>
 <tile id="730" type="mill"/>
 <tile id="731" type="mill"/>
 <tile id="732" type="mill"/>
 <tile id="733" type="mill"/>
 <tile id="734" type="mill"/>
 <tile id="735" type="mill_wheel">
  <animation>
   <frame tileid="735" duration="260"/>
   <frame tileid="736" duration="260"/>
   <frame tileid="737" duration="260"/>
   <frame tileid="738" duration="260"/>
  </animation>
 </tile>
 <tile id="739" type="mill_wheel">
  <animation>
   <frame tileid="739" duration="260"/>
   <frame tileid="740" duration="260"/>
   <frame tileid="741" duration="260"/>
   <frame tileid="742" duration="260"/>
  </animation>
 </tile>
 <tile id="743" type="mill_wheel">
  <animation>
   <frame tileid="743" duration="260"/>
   <frame tileid="744" duration="260"/>
   <frame tileid="745" duration="260"/>
   <frame tileid="746" duration="260"/>
  </animation>
 </tile>
 <tile id="747" type="mill_wheel">
  <animation>
   <frame tileid="747" duration="260"/>
   <frame tileid="748" duration="260"/>
   <frame tileid="749" duration="260"/>
   <frame tileid="750" duration="260"/>
  </animation>
 </tile>
 <tile id="751" type="mill_wheel">
  <animation>
   <frame tileid="751" duration="260"/>
   <frame tileid="752" duration="260"/>
   <frame tileid="753" duration="260"/>
   <frame tileid="754" duration="260"/>
  </animation>
 </tile>
 <tile id="755" type="mill_wheel">
  <animation>
   <frame tileid="755" duration="260"/>
   <frame tileid="756" duration="260"/>
   <frame tileid="757" duration="260"/>
   <frame tileid="758" duration="260"/>
  </animation>
 </tile>
 <tile id="759" type="mill_wheel">
  <animation>
   <frame tileid="759" duration="260"/>
   <frame tileid="760" duration="260"/>
   <frame tileid="761" duration="260"/>
   <frame tileid="762" duration="260"/>
  </animation>
 </tile>
 <tile id="763" type="mill_wheel">
  <animation>
   <frame tileid="763" duration="260"/>
   <frame tileid="764" duration="260"/>
   <frame tileid="765" duration="260"/>
   <frame tileid="766" duration="260"/>
  </animation>
 </tile>
 <tile id="767" type="mill_wheel">
  <animation>
   <frame tileid="767" duration="260"/>
   <frame tileid="768" duration="260"/>
   <frame tileid="769" duration="260"/>
   <frame tileid="770" duration="260"/>
  </animation>
 </tile>
 <tile id="771" type="mill_wheel">
  <animation>
   <frame tileid="771" duration="260"/>
   <frame tileid="772" duration="260"/>
   <frame tileid="773" duration="260"/>
   <frame tileid="774" duration="260"/>
  </animation>
 </tile>
 <tile id="775" type="mill_wheel">
  <animation>
   <frame tileid="775" duration="260"/>
   <frame tileid="776" duration="260"/>
   <frame tileid="777" duration="260"/>
   <frame tileid="778" duration="260"/>
  </animation>
 </tile>
 <tile id="779" type="mill_wheel">
  <animation>
   <frame tileid="779" duration="260"/>
   <frame tileid="780" duration="260"/>
   <frame tileid="781" duration="260"/>
   <frame tileid="782" duration="260"/>
  </animation>
 </tile>
 <tile id="783" type="reeds"/>
 <tile id="784" type="reeds"/>
 <tile id="785" type="bush"/>
 <tile id="786" type="basket"/>
 <tile id="787" type="bush"/>
 <tile id="788" type="rock"/>
 <tile id="789" type="bush"/>
 <tile id="790" type="cart"/>
 <tile id="791" type="cart"/>
 <tile id="792" type="cart"/>
 <tile id="793" type="cart"/>
 <tile id="794" type="cart"/>
 <tile id="795" type="cart"/>
 <tile id="796" type="rock"/>
 <tile id="797" type="inn"/>
 <tile id="798" type="inn"/>
 <tile id="799" type="inn"/>
 <tile id="800" type="inn"/>
 <tile id="801" type="inn"/>
 <tile id="802" type="inn"/>
 <tile id="803" type="inn"/>
 <tile id="804" type="inn"/>
 <tile id="805" type="inn"/>
 <tile id="806" type="inn"/>
 <tile id="807" type="inn"/>
 <tile id="808" type="inn"/>
 <tile id="809" type="inn"/>
 <tile id="810" type="inn"/>
 <tile id="811" type="inn"/>
 <tile id="812" type="inn"/>
 <tile id="813" type="inn"/>
 <tile id="814" type="inn"/>
 <tile id="815" type="inn"/>
 <tile id="816" type="inn"/>
 <tile id="817" type="inn"/>
 <tile id="818" type="inn"/>
 <tile id="819" type="inn"/>
 <tile id="820" type="inn"/>
 <tile id="821" type="inn"/>
 <tile id="822" type="inn"/>
 <tile id="823" type="inn"/>
 <tile id="824" type="inn"/>
 <tile id="825" type="inn"/>
 <tile id="826" type="inn"/>
 <tile id="827" type="inn"/>
 <tile id="828" type="inn"/>
 <tile id="829" type="inn"/>
 <tile id="830" type="inn"/>
 <tile id="831" type="inn"/>
 <tile id="832" type="inn"/>
 <tile id="833" type="inn"/>
 <tile id="834" type="inn"/>
 <tile id="835" type="inn"/>
 <tile id="836" type="inn"/>
 <tile id="837" type="inn"/>
 <tile id="838" type="inn"/>
 <tile id="839" type="inn"/>
 <tile id="840" type="inn"/>
 <tile id="841" type="inn"/>
 <tile id="842" type="inn"/>
 <tile id="843" type="inn"/>
 <tile id="844" type="inn"/>
 <tile id="845" type="inn"/>
 <tile id="846" type="inn"/>
 <tile id="847" type="inn"/>
 <tile id="848" type="inn"/>
 <tile id="849" type="inn"/>
 <tile id="850" type="inn"/>
 <tile id="851" type="inn"/>
 <tile id="852" type="inn"/>
 <tile id="853" type="inn"/>
 <tile id="854" type="inn"/>
 <tile id="855" type="inn"/>
 <tile id="856" type="inn"/>
 <tile id="857" type="inn"/>
 <tile id="858" type="inn"/>
 <tile id="859" type="barrel"/>
 <tile id="860" type="willow"/>
 <tile id="861" type="willow"/>
 <tile id="862" type="willow"/>
 <tile id="863" type="willow"/>
 <tile id="864" type="willow"/>
 <tile id="865" type="willow"/>
 <tile id="866" type="willow"/>
 <tile id="867" type="willow"/>
 <tile id="868" type="willow"/>
 <tile id="869" type="willow"/>
 <tile id="870" type="willow"/>
 <tile id="871" type="willow"/>
 <tile id="872" type="willow"/>
 <tile id="873" type="willow"/>
 <tile id="874" type="willow"/>
 <tile id="875" type="willow"/>
 <tile id="876" type="crate"/>
 <tile id="877" type="stump"/>
 <tile id="878" type="planter"/>
 <tile id="879" type="notice_board"/>
 <tile id="880" type="notice_board"/>
 <tile id="881" type="notice_board"/>
 <tile id="882" type="notice_board"/>
 <tile id="883" type="bench"/>
 <tile id="884" type="bench"/>
 <tile id="885" type="signpost"/>
 <tile id="886" type="signpost"/>
 <tile id="887" type="log_pile"/>
 <tile id="888" type="log_pile"/>
 <tile id="889" type="smithy"/>
 <tile id="890" type="smithy"/>
 <tile id="891" type="smithy"/>
 <tile id="892" type="smithy"/>
 <tile id="893" type="smithy"/>
 <tile id="894" type="smithy"/>
 <tile id="895" type="smithy"/>
 <tile id="896" type="smithy"/>
 <tile id="897" type="smithy"/>
 <tile id="898" type="smithy"/>
 <tile id="899" type="smithy"/>
 <tile id="900" type="smithy"/>
 <tile id="901" type="smithy"/>
 <tile id="902" type="smithy"/>
 <tile id="903" type="smithy"/>
 <tile id="904" type="smithy"/>
 <tile id="905" type="smithy"/>
 <tile id="906" type="smithy"/>
 <tile id="907" type="smithy"/>
 <tile id="908" type="smithy"/>
 <tile id="909" type="smithy"/>
 <tile id="910" type="smithy"/>
 <tile id="911" type="smithy"/>
 <tile id="912" type="smithy"/>
 <tile id="913" type="smithy"/>
 <tile id="914" type="smithy"/>
 <tile id="915" type="smithy"/>
 <tile id="916" type="smithy"/>
 <tile id="917" type="smithy"/>
 <tile id="918" type="smithy"/>
 <tile id="919" type="smithy"/>
 <tile id="920" type="smithy"/>
 <tile id="921" type="smithy"/>
 <tile id="922" type="smithy"/>
 <tile id="923" type="smithy"/>
 <tile id="924" type="smithy"/>
 <tile id="925" type="smithy"/>
 <tile id="926" type="smithy"/>
 <tile id="927" type="smithy"/>
 <tile id="928" type="smithy"/>
 <tile id="929" type="smithy"/>
 <tile id="930" type="smithy"/>
 <tile id="931" type="smithy"/>
 <tile id="932" type="smithy"/>
 <tile id="933" type="smithy"/>
 <tile id="934" type="smithy"/>
 <tile id="935" type="smithy"/>
 <tile id="936" type="smithy"/>
 <tile id="937" type="well"/>
 <tile id="938" type="well"/>
 <tile id="939" type="well"/>
 <tile id="940" type="well"/>
 <tile id="941" type="well"/>
 <tile id="942" type="well"/>
 <tile id="943" type="trough"/>
 <tile id="944" type="trough"/>
 <tile id="945" type="anvil"/>
 <tile id="946" type="rock"/>
 <tile id="947" type="driftwood"/>
 <tile id="948" type="driftwood"/>
 <tile id="949" type="nets"/>
 <tile id="950" type="nets"/>
 <tile id="951" type="nets"/>
 <tile id="952" type="nets"/>
 <tile id="953" type="nets"/>
 <tile id="954" type="nets"/>
 <tile id="955" type="mooring"/>
 <tile id="956" type="apple"/>
 <tile id="957" type="apple"/>
 <tile id="958" type="apple"/>
 <tile id="959" type="apple"/>
 <tile id="960" type="apple"/>
 <tile id="961" type="apple"/>
 <tile id="962" type="apple"/>
 <tile id="963" type="apple"/>
 <tile id="964" type="apple"/>
 <tile id="965" type="apple"/>
 <tile id="966" type="apple"/>
 <tile id="967" type="apple"/>
 <tile id="968" type="apple"/>
 <tile id="969" type="apple"/>
 <tile id="970" type="apple"/>
 <tile id="971" type="apple"/>
 <tile id="972" type="apple"/>
 <tile id="973" type="apple"/>
 <tile id="974" type="ladder"/>
 <tile id="975" type="ladder"/>
 <tile id="976" type="tea_house"/>
 <tile id="977" type="tea_house"/>
 <tile id="978" type="tea_house"/>
 <tile id="979" type="tea_house"/>
 <tile id="980" type="tea_house"/>
 <tile id="981" type="tea_house"/>
 <tile id="982" type="tea_house"/>
 <tile id="983" type="tea_house"/>
 <tile id="984" type="tea_house"/>
 <tile id="985" type="tea_house"/>
 <tile id="986" type="tea_house"/>
 <tile id="987" type="tea_house"/>
 <tile id="988" type="tea_house"/>
 <tile id="989" type="tea_house"/>
 <tile id="990" type="tea_house"/>
 <tile id="991" type="tea_house"/>
 <tile id="992" type="tea_house"/>
 <tile id="993" type="tea_house"/>
 <tile id="994" type="tea_house"/>
 <tile id="995" type="tea_house"/>
 <tile id="996" type="tea_house"/>
 <tile id="997" type="tea_house"/>
 <tile id="998" type="tea_house"/>
 <tile id="999" type="tea_house"/>
 <tile id="1000" type="tea_house"/>
 <tile id="1001" type="tea_house"/>
 <tile id="1002" type="tea_house"/>
 <tile id="1003" type="tea_house"/>
 <tile id="1004" type="tea_house"/>
 <tile id="1005" type="tea_house"/>
 <tile id="1006" type="tea_house"/>
 <tile id="1007" type="tea_house"/>
 <tile id="1008" type="tea_house"/>
 <tile id="1009" type="tea_house"/>
 <tile id="1010" type="tea_house"/>
 <tile id="1011" type="tea_house"/>
 <tile id="1012" type="tea_house"/>
 <tile id="1013" type="tea_house"/>
 <tile id="1014" type="tea_house"/>
 <tile id="1015" type="tea_house"/>
 <tile id="1016" type="tea_house"/>
 <tile id="1017" type="tea_house"/>
 <tile id="1018" type="tea_house"/>
 <tile id="1019" type="tea_house"/>
 <tile id="1020" type="tea_house"/>
 <tile id="1021" type="tea_house"/>
 <tile id="1022" type="tea_house"/>
 <tile id="1023" type="tea_house"/>
 <tile id="1024" type="tea_house"/>
 <tile id="1025" type="tea_house"/>
 <tile id="1026" type="tea_house"/>
 <tile id="1027" type="tea_table"/>
 <tile id="1028" type="tea_table"/>
 <tile id="1029" type="tea_table"/>
 <tile id="1030" type="tea_table"/>
 <tile id="1031" type="tea_table"/>
 <tile id="1032" type="tea_table"/>
 <tile id="1033" type="lily"/>
 <tile id="1034" type="lily"/>
 <tile id="1035" type="lily"/>
 <tile id="1036" type="lily"/>
 <tile id="1037" type="hen"/>
 <tile id="1038" type="cat"/>
 <tile id="1039" type="duck"/>
 <tile id="1040" type="jetty"/>
 <tile id="1041" type="jetty"/>
 <tile id="1042" type="jetty"/>
 <tile id="1043" type="jetty"/>
 <tile id="1044" type="jetty"/>
 <tile id="1045" type="jetty"/>
 <tile id="1046" type="jetty"/>
 <tile id="1047" type="jetty"/>
 <tile id="1048" type="jetty"/>
 <tile id="1049" type="jetty"/>
 <tile id="1050" type="jetty"/>
 <tile id="1051" type="jetty"/>
 <tile id="1052" type="jetty"/>
 <tile id="1053" type="jetty"/>
 <tile id="1054" type="jetty"/>
 <tile id="1055" type="jetty"/>
 <tile id="1056" type="jetty"/>
 <tile id="1057" type="jetty"/>
 <tile id="1058" type="boat"/>
 <tile id="1059" type="boat"/>
 <tile id="1060" type="boat"/>
 <tile id="1061" type="boat"/>
 <tile id="1062" type="boat"/>
 <tile id="1063" type="boat"/>
 <tile id="1064" type="bridge"/>
 <tile id="1065" type="bridge"/>
 <tile id="1066" type="bridge"/>
 <tile id="1067" type="bridge"/>
 <tile id="1068" type="bridge"/>
 <tile id="1069" type="bridge"/>
 <tile id="1070" type="bridge"/>
 <tile id="1071" type="bridge"/>
 <tile id="1072" type="bridge"/>
 <tile id="1073" type="bridge"/>
 <tile id="1074" type="bridge"/>
 <tile id="1075" type="bridge"/>
 <tile id="1076" type="bridge"/>
 <tile id="1077" type="bridge"/>
 <tile id="1078" type="bridge"/>
 <tile id="1079" type="bridge"/>
 <tile id="1080" type="bridge"/>
 <tile id="1081" type="bridge"/>
 <tile id="1082" type="bridge"/>
 <tile id="1083" type="bridge"/>
 <tile id="1084" type="bridge"/>
 <tile id="1085" type="bridge"/>
 <tile id="1086" type="bridge"/>
 <tile id="1087" type="bridge"/>
 <tile id="1088" type="bridge"/>
 <tile id="1089" type="bridge"/>
 <tile id="1090" type="bridge"/>
 <tile id="1091" type="bridge"/>
 <tile id="1092" type="bridge"/>
 <tile id="1093" type="bridge"/>
 <tile id="1094" type="bridge"/>
 <tile id="1095" type="bridge"/>
 <tile id="1096" type="bridge"/>
 <tile id="1097" type="bridge"/>
 <tile id="1098" type="bridge"/>
 <tile id="1099" type="bridge"/>
 <tile id="1100" type="bridge"/>
 <tile id="1101" type="bridge"/>
 <tile id="1102" type="bridge"/>
 <tile id="1103" type="bridge"/>
 <tile id="1104" type="bridge"/>
 <tile id="1105" type="bridge"/>
 <tile id="1106" type="bridge"/>
 <tile id="1107" type="bridge"/>
 <tile id="1108" type="bridge"/>
 <tile id="1109" type="bridge"/>
 <tile id="1110" type="bridge"/>
 <tile id="1111" type="bridge"/>
 <tile id="1112" type="bridge"/>
 <tile id="1113" type="bridge"/>
 <tile id="1114" type="bridge"/>
 <tile id="1115" type="bridge"/>
 <tile id="1116" type="bridge"/>
 <tile id="1117" type="bridge"/>
 <tile id="1118" type="bridge"/>
 <tile id="1119" type="bridge"/>
 <tile id="1120" type="bridge"/>
 <tile id="1121" type="bridge"/>
 <tile id="1122" type="bridge"/>
 <tile id="1123" type="bridge"/>
 <tile id="1124" type="bridge"/>
 <tile id="1125" type="bridge"/>
 <tile id="1126" type="bridge"/>
 <tile id="1127" type="bridge"/>
 <tile id="1128" type="bridge"/>
 <tile id="1129" type="bridge"/>
 <tile id="1130" type="bridge"/>
 <tile id="1131" type="bridge"/>
 <tile id="1132" type="bridge"/>
 <tile id="1133" type="bridge"/>
 <tile id="1134" type="bridge"/>
 <tile id="1135" type="bridge"/>
 <tile id="1136" type="bridge"/>
 <tile id="1137" type="bridge"/>
 <tile id="1138" type="bridge"/>
 <tile id="1139" type="bridge"/>
 <tile id="1140" type="bridge"/>
 <tile id="1141" type="bridge"/>
 <tile id="1142" type="bridge"/>
 <tile id="1143" type="bridge"/>
 <tile id="1144" type="bridge"/>
 <tile id="1145" type="bridge"/>
 <tile id="1146" type="bridge"/>
 <tile id="1147" type="bridge"/>
 <tile id="1148" type="bridge"/>
 <tile id="1149" type="bridge"/>
 <tile id="1150" type="bridge"/>
 <tile id="1151" type="tall_grass"/>
 <tile id="1152" type="tall_grass"/>
 <tile id="1153" type="tall_grass"/>
 <tile id="1154" type="flowers"/>
 <tile id="1155" type="flowers"/>
 <tile id="1156" type="flowers"/>
 <tile id="1157" type="flowers"/>
 <tile id="1158" type="flowers"/>
 <tile id="1159" type="flowers"/>
 <tile id="1160" type="flowers"/>
 <tile id="1161" type="flowers"/>
 <tile id="1162" type="flowers"/>
 <tile id="1163" type="flowers"/>
 <tile id="1164" type="flowers"/>
 <tile id="1165" type="flowers"/>
 <tile id="1166" type="flowers"/>
 <tile id="1167" type="flowers"/>
 <tile id="1168" type="flowers"/>
 <tile id="1169" type="flowers"/>
 <tile id="1170" type="mushrooms"/>
 <wangsets>
  <wangset name="ground" type="corner" tile="-1">
   <wangcolor name="grass" color="#6aa84f" tile="-1" probability="1"/>
   <wangcolor name="lush" color="#43814a" tile="-1" probability="1"/>
   <wangcolor name="path" color="#d6a96d" tile="-1" probability="1"/>
   <wangcolor name="plaza" color="#c7cbc6" tile="-1" probability="1"/>
   <wangcolor name="water" color="#3c7cab" tile="-1" probability="1"/>
   <wangcolor name="deep" color="#2c4d80" tile="-1" probability="1"/>
   <wangtile tileid="0" wangid="0,2,0,2,0,2,0,2"/>
   <wangtile tileid="1" wangid="0,2,0,2,0,2,0,2"/>
   <wangtile tileid="2" wangid="0,2,0,2,0,2,0,2"/>
   <wangtile tileid="3" wangid="0,2,0,1,0,2,0,2"/>
   <wangtile tileid="4" wangid="0,1,0,1,0,1,0,2"/>
   <wangtile tileid="5" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="6" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="7" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="8" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="9" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="10" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="11" wangid="0,2,0,1,0,1,0,1"/>
   <wangtile tileid="12" wangid="0,2,0,1,0,1,0,2"/>
   <wangtile tileid="13" wangid="0,1,0,1,0,1,0,2"/>
   <wangtile tileid="14" wangid="0,2,0,2,0,1,0,1"/>
   <wangtile tileid="15" wangid="0,2,0,2,0,2,0,2"/>
   <wangtile tileid="16" wangid="0,5,0,5,0,2,0,2"/>
   <wangtile tileid="20" wangid="0,5,0,5,0,5,0,5"/>
   <wangtile tileid="24" wangid="0,6,0,6,0,5,0,5"/>
   <wangtile tileid="28" wangid="0,6,0,6,0,6,0,6"/>
   <wangtile tileid="32" wangid="0,6,0,6,0,6,0,6"/>
   <wangtile tileid="36" wangid="0,5,0,6,0,6,0,6"/>
   <wangtile tileid="40" wangid="0,5,0,5,0,6,0,5"/>
   <wangtile tileid="44" wangid="0,1,0,1,0,5,0,5"/>
   <wangtile tileid="48" wangid="0,2,0,2,0,1,0,1"/>
   <wangtile tileid="49" wangid="0,2,0,1,0,1,0,2"/>
   <wangtile tileid="50" wangid="0,2,0,1,0,1,0,1"/>
   <wangtile tileid="51" wangid="0,2,0,1,0,1,0,2"/>
   <wangtile tileid="52" wangid="0,2,0,2,0,1,0,2"/>
   <wangtile tileid="53" wangid="0,2,0,1,0,2,0,2"/>
   <wangtile tileid="54" wangid="0,5,0,5,0,1,0,2"/>
   <wangtile tileid="58" wangid="0,5,0,5,0,5,0,5"/>
   <wangtile tileid="62" wangid="0,6,0,6,0,5,0,5"/>
   <wangtile tileid="66" wangid="0,6,0,6,0,6,0,6"/>
   <wangtile tileid="70" wangid="0,5,0,5,0,6,0,6"/>
   <wangtile tileid="74" wangid="0,1,0,1,0,5,0,5"/>
   <wangtile tileid="78" wangid="0,2,0,1,0,2,0,2"/>
   <wangtile tileid="79" wangid="0,1,0,1,0,1,0,2"/>
   <wangtile tileid="80" wangid="0,1,0,2,0,1,0,1"/>
   <wangtile tileid="81" wangid="0,1,0,1,0,2,0,1"/>
   <wangtile tileid="82" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="83" wangid="0,2,0,2,0,1,0,2"/>
   <wangtile tileid="84" wangid="0,1,0,1,0,2,0,2"/>
   <wangtile tileid="85" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="86" wangid="0,5,0,5,0,1,0,1"/>
   <wangtile tileid="90" wangid="0,5,0,5,0,5,0,5"/>
   <wangtile tileid="94" wangid="0,1,0,1,0,5,0,5"/>
   <wangtile tileid="98" wangid="0,1,0,1,0,2,0,2"/>
   <wangtile tileid="99" wangid="0,5,0,5,0,1,0,1"/>
   <wangtile tileid="103" wangid="0,6,0,6,0,6,0,6"/>
   <wangtile tileid="107" wangid="0,1,0,1,0,2,0,2"/>
   <wangtile tileid="108" wangid="0,5,0,6,0,5,0,5"/>
   <wangtile tileid="112" wangid="0,6,0,6,0,6,0,5"/>
   <wangtile tileid="116" wangid="0,6,0,6,0,6,0,6"/>
   <wangtile tileid="120" wangid="0,6,0,6,0,6,0,6"/>
   <wangtile tileid="124" wangid="0,5,0,5,0,6,0,6"/>
   <wangtile tileid="128" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="129" wangid="0,1,0,2,0,2,0,2"/>
   <wangtile tileid="130" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="131" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="132" wangid="0,1,0,1,0,1,0,1"/>
   <wangtile tileid="133" wangid="0,5,0,5,0,6,0,6"/>
   <wangtile tileid="137" wangid="0,1,0,5,0,1,0,1"/>
   <wangtile tileid="141" wangid="0,1,0,5,0,5,0,1"/>
   <wangtile tileid="145" wangid="0,5,0,5,0,5,0,1"/>
   <wangtile tileid="149" wangid="0,6,0,5,0,6,0,6"/>
   <wangtile tileid="153" wangid="0,5,0,5,0,5,0,6"/>
   <wangtile tileid="157" wangid="0,2,0,2,0,1,0,1"/>
   <wangtile tileid="158" wangid="0,1,0,3,0,1,0,1"/>
   <wangtile tileid="159" wangid="0,2,0,1,0,3,0,1"/>
   <wangtile tileid="160" wangid="0,5,0,5,0,1,0,1"/>
   <wangtile tileid="164" wangid="0,6,0,6,0,5,0,5"/>
   <wangtile tileid="168" wangid="0,1,0,3,0,1,0,1"/>
   <wangtile tileid="169" wangid="0,1,0,1,0,3,0,1"/>
   <wangtile tileid="170" wangid="0,3,0,3,0,1,0,1"/>
   <wangtile tileid="171" wangid="0,1,0,1,0,3,0,3"/>
   <wangtile tileid="172" wangid="0,5,0,5,0,5,0,5"/>
   <wangtile tileid="176" wangid="0,5,0,5,0,5,0,5"/>
   <wangtile tileid="180" wangid="0,5,0,1,0,5,0,5"/>
   <wangtile tileid="184" wangid="0,1,0,1,0,1,0,5"/>
   <wangtile tileid="188" wangid="0,1,0,1,0,2,0,1"/>
   <wangtile tileid="189" wangid="0,1,0,2,0,1,0,1"/>
   <wangtile tileid="190" wangid="0,3,0,3,0,2,0,1"/>
   <wangtile tileid="191" wangid="0,1,0,3,0,3,0,3"/>
   <wangtile tileid="192" wangid="0,1,0,3,0,3,0,1"/>
   <wangtile tileid="193" wangid="0,1,0,3,0,3,0,1"/>
   <wangtile tileid="194" wangid="0,1,0,3,0,3,0,1"/>
   <wangtile tileid="195" wangid="0,1,0,1,0,3,0,1"/>
   <wangtile tileid="196" wangid="0,1,0,3,0,1,0,1"/>
   <wangtile tileid="197" wangid="0,1,0,1,0,3,0,1"/>
   <wangtile tileid="198" wangid="0,5,0,1,0,1,0,1"/>
   <wangtile tileid="202" wangid="0,5,0,2,0,1,0,5"/>
   <wangtile tileid="206" wangid="0,5,0,5,0,2,0,5"/>
   <wangtile tileid="210" wangid="0,1,0,2,0,2,0,2"/>
   <wangtile tileid="211" wangid="0,1,0,2,0,2,0,1"/>
   <wangtile tileid="212" wangid="0,3,0,2,0,2,0,2"/>
   <wangtile tileid="213" wangid="0,3,0,1,0,2,0,3"/>
   <wangtile tileid="214" wangid="0,3,0,1,0,1,0,3"/>
   <wangtile tileid="215" wangid="0,3,0,1,0,1,0,3"/>
   <wangtile tileid="216" wangid="0,3,0,3,0,1,0,3"/>
   <wangtile tileid="217" wangid="0,3,0,3,0,3,0,1"/>
   <wangtile tileid="218" wangid="0,3,0,3,0,3,0,3"/>
   <wangtile tileid="219" wangid="0,2,0,5,0,1,0,1"/>
   <wangtile tileid="223" wangid="0,5,0,5,0,5,0,2"/>
   <wangtile tileid="227" wangid="0,6,0,5,0,6,0,6"/>
   <wangtile tileid="231" wangid="0,5,0,5,0,5,0,6"/>
   <wangtile tileid="235" wangid="0,2,0,2,0,2,0,1"/>
   <wangtile tileid="236" wangid="0,3,0,1,0,1,0,1"/>
   <wangtile tileid="237" wangid="0,3,0,3,0,1,0,3"/>
   <wangtile tileid="238" wangid="0,3,0,3,0,3,0,3"/>
   <wangtile tileid="239" wangid="0,1,0,3,0,3,0,3"/>
   <wangtile tileid="240" wangid="0,3,0,2,0,3,0,3"/>
   <wangtile tileid="241" wangid="0,3,0,3,0,2,0,3"/>
   <wangtile tileid="242" wangid="0,1,0,1,0,3,0,3"/>
   <wangtile tileid="243" wangid="0,5,0,1,0,5,0,5"/>
   <wangtile tileid="247" wangid="0,3,0,3,0,3,0,3"/>
   <wangtile tileid="248" wangid="0,1,0,1,0,3,0,3"/>
   <wangtile tileid="249" wangid="0,3,0,3,0,1,0,1"/>
   <wangtile tileid="250" wangid="0,3,0,2,0,2,0,3"/>
   <wangtile tileid="251" wangid="0,3,0,2,0,2,0,3"/>
   <wangtile tileid="252" wangid="0,2,0,2,0,2,0,3"/>
   <wangtile tileid="253" wangid="0,3,0,3,0,2,0,2"/>
   <wangtile tileid="254" wangid="0,1,0,1,0,2,0,1"/>
   <wangtile tileid="255" wangid="0,3,0,3,0,3,0,3"/>
   <wangtile tileid="256" wangid="0,2,0,1,0,3,0,3"/>
   <wangtile tileid="257" wangid="0,3,0,3,0,2,0,2"/>
   <wangtile tileid="258" wangid="0,5,0,6,0,5,0,5"/>
   <wangtile tileid="262" wangid="0,6,0,6,0,6,0,5"/>
   <wangtile tileid="266" wangid="0,2,0,2,0,2,0,1"/>
   <wangtile tileid="267" wangid="0,3,0,1,0,1,0,1"/>
   <wangtile tileid="268" wangid="0,3,0,3,0,1,0,3"/>
   <wangtile tileid="269" wangid="0,1,0,3,0,3,0,3"/>
   <wangtile tileid="270" wangid="0,3,0,3,0,3,0,1"/>
   <wangtile tileid="271" wangid="0,2,0,1,0,1,0,1"/>
   <wangtile tileid="272" wangid="0,3,0,3,0,2,0,2"/>
   <wangtile tileid="273" wangid="0,1,0,2,0,1,0,1"/>
   <wangtile tileid="274" wangid="0,3,0,1,0,3,0,3"/>
   <wangtile tileid="275" wangid="0,3,0,1,0,1,0,3"/>
   <wangtile tileid="276" wangid="0,3,0,4,0,1,0,3"/>
   <wangtile tileid="277" wangid="0,3,0,4,0,4,0,3"/>
   <wangtile tileid="278" wangid="0,3,0,4,0,4,0,3"/>
   <wangtile tileid="279" wangid="0,3,0,4,0,4,0,3"/>
   <wangtile tileid="280" wangid="0,1,0,4,0,4,0,3"/>
   <wangtile tileid="281" wangid="0,1,0,1,0,4,0,1"/>
   <wangtile tileid="282" wangid="0,2,0,2,0,1,0,2"/>
   <wangtile tileid="283" wangid="0,1,0,5,0,1,0,1"/>
   <wangtile tileid="287" wangid="0,5,0,5,0,5,0,1"/>
   <wangtile tileid="291" wangid="0,3,0,3,0,1,0,1"/>
   <wangtile tileid="292" wangid="0,4,0,4,0,1,0,1"/>
   <wangtile tileid="293" wangid="0,4,0,4,0,4,0,4"/>
   <wangtile tileid="294" wangid="0,4,0,4,0,4,0,4"/>
   <wangtile tileid="295" wangid="0,4,0,4,0,4,0,4"/>
   <wangtile tileid="296" wangid="0,4,0,4,0,4,0,4"/>
   <wangtile tileid="297" wangid="0,4,0,4,0,4,0,4"/>
   <wangtile tileid="298" wangid="0,1,0,1,0,4,0,4"/>
   <wangtile tileid="299" wangid="0,1,0,3,0,2,0,2"/>
   <wangtile tileid="300" wangid="0,4,0,4,0,3,0,1"/>
   <wangtile tileid="301" wangid="0,4,0,4,0,4,0,4"/>
   <wangtile tileid="302" wangid="0,1,0,3,0,4,0,4"/>
   <wangtile tileid="303" wangid="0,2,0,3,0,3,0,1"/>
   <wangtile tileid="304" wangid="0,2,0,3,0,3,0,2"/>
   <wangtile tileid="305" wangid="0,3,0,3,0,3,0,2"/>
   <wangtile tileid="306" wangid="0,5,0,5,0,3,0,1"/>
   <wangtile tileid="310" wangid="0,5,0,6,0,5,0,5"/>
   <wangtile tileid="314" wangid="0,6,0,6,0,6,0,5"/>
   <wangtile tileid="318" wangid="0,2,0,3,0,3,0,1"/>
   <wangtile tileid="319" wangid="0,1,0,3,0,3,0,2"/>
   <wangtile tileid="320" wangid="0,3,0,3,0,3,0,3"/>
   <wangtile tileid="321" wangid="0,4,0,4,0,3,0,3"/>
   <wangtile tileid="322" wangid="0,3,0,3,0,4,0,4"/>
   <wangtile tileid="323" wangid="0,3,0,3,0,3,0,3"/>
   <wangtile tileid="324" wangid="0,5,0,5,0,3,0,3"/>
   <wangtile tileid="328" wangid="0,1,0,2,0,1,0,3"/>
   <wangtile tileid="329" wangid="0,3,0,2,0,3,0,3"/>
   <wangtile tileid="330" wangid="0,3,0,1,0,2,0,3"/>
   <wangtile tileid="331" wangid="0,4,0,4,0,1,0,3"/>
   <wangtile tileid="332" wangid="0,3,0,1,0,4,0,4"/>
   <wangtile tileid="333" wangid="0,3,0,1,0,3,0,3"/>
   <wangtile tileid="334" wangid="0,3,0,5,0,1,0,3"/>
   <wangtile tileid="338" wangid="0,5,0,5,0,5,0,3"/>
   <wangtile tileid="342" wangid="0,3,0,1,0,1,0,1"/>
   <wangtile tileid="343" wangid="0,1,0,1,0,1,0,3"/>
   <wangtile tileid="344" wangid="0,3,0,2,0,1,0,3"/>
   <wangtile tileid="345" wangid="0,2,0,2,0,1,0,3"/>
   <wangtile tileid="346" wangid="0,4,0,4,0,1,0,1"/>
   <wangtile tileid="347" wangid="0,1,0,1,0,4,0,4"/>
   <wangtile tileid="348" wangid="0,1,0,5,0,1,0,1"/>
   <wangtile tileid="352" wangid="0,1,0,5,0,5,0,1"/>
   <wangtile tileid="356" wangid="0,1,0,5,0,5,0,1"/>
   <wangtile tileid="360" wangid="0,2,0,5,0,5,0,1"/>
   <wangtile tileid="364" wangid="0,1,0,5,0,5,0,2"/>
   <wangtile tileid="368" wangid="0,1,0,1,0,5,0,1"/>
   <wangtile tileid="372" wangid="0,4,0,1,0,1,0,1"/>
   <wangtile tileid="373" wangid="0,4,0,3,0,1,0,4"/>
   <wangtile tileid="374" wangid="0,4,0,3,0,3,0,4"/>
   <wangtile tileid="375" wangid="0,4,0,1,0,3,0,4"/>
   <wangtile tileid="376" wangid="0,4,0,1,0,1,0,4"/>
   <wangtile tileid="377" wangid="0,4,0,1,0,1,0,4"/>
   <wangtile tileid="378" wangid="0,1,0,1,0,1,0,4"/>
   <wangtile tileid="379" wangid="0,1,0,5,0,2,0,1"/>
   <wangtile tileid="383" wangid="0,5,0,5,0,5,0,1"/>
   <wangtile tileid="387" wangid="0,1,0,5,0,5,0,5"/>
   <wangtile tileid="391" wangid="0,1,0,1,0,5,0,1"/>
   <wangtile tileid="395" wangid="0,1,0,2,0,2,0,1"/>
   <wangtile tileid="396" wangid="0,5,0,1,0,2,0,2"/>
   <wangtile tileid="400" wangid="0,5,0,5,0,1,0,5"/>
   <wangtile tileid="404" wangid="0,5,0,5,0,5,0,5"/>
   <wangtile tileid="408" wangid="0,1,0,1,0,1,0,5"/>
   <wangtile tileid="412" wangid="0,3,0,1,0,3,0,3"/>
   <wangtile tileid="413" wangid="0,1,0,1,0,1,0,3"/>
   <wangtile tileid="414" wangid="0,5,0,5,0,1,0,5"/>
   <wangtile tileid="418" wangid="0,1,0,1,0,1,0,5"/>
   <wangtile tileid="422" wangid="0,2,0,3,0,2,0,2"/>
   <wangtile tileid="423" wangid="0,1,0,2,0,2,0,2"/>
   <wangtile tileid="424" wangid="0,1,0,2,0,2,0,1"/>
   <wangtile tileid="425" wangid="0,5,0,1,0,2,0,1"/>
   <wangtile tileid="429" wangid="0,5,0,1,0,1,0,5"/>
   <wangtile tileid="433" wangid="0,5,0,1,0,1,0,5"/>
   <wangtile tileid="437" wangid="0,6,0,5,0,5,0,5"/>
   <wangtile tileid="441" wangid="0,6,0,6,0,5,0,6"/>
   <wangtile tileid="445" wangid="0,3,0,3,0,1,0,2"/>
   <wangtile tileid="446" wangid="0,3,0,3,0,2,0,1"/>
   <wangtile tileid="447" wangid="0,5,0,5,0,3,0,1"/>
   <wangtile tileid="451" wangid="0,3,0,3,0,3,0,1"/>
   <wangtile tileid="452" wangid="0,5,0,1,0,1,0,3"/>
   <wangtile tileid="456" wangid="0,5,0,5,0,1,0,5"/>
   <wangtile tileid="460" wangid="0,2,0,2,0,3,0,1"/>
   <wangtile tileid="461" wangid="0,2,0,3,0,2,0,1"/>
   <wangtile tileid="462" wangid="0,3,0,3,0,3,0,2"/>
   <wangtile tileid="463" wangid="0,2,0,3,0,3,0,3"/>
   <wangtile tileid="464" wangid="0,2,0,3,0,3,0,1"/>
   <wangtile tileid="465" wangid="0,3,0,3,0,3,0,2"/>
   <wangtile tileid="466" wangid="0,1,0,1,0,1,0,3"/>
   <wangtile tileid="467" wangid="0,3,0,2,0,2,0,1"/>
   <wangtile tileid="468" wangid="0,3,0,2,0,2,0,3"/>
   <wangtile tileid="469" wangid="0,3,0,2,0,3,0,3"/>
   <wangtile tileid="470" wangid="0,5,0,5,0,2,0,1"/>
   <wangtile tileid="474" wangid="0,6,0,6,0,5,0,6"/>
   <wangtile tileid="478" wangid="0,3,0,1,0,2,0,2"/>
   <wangtile tileid="479" wangid="0,2,0,2,0,2,0,3"/>
   <wangtile tileid="480" wangid="0,1,0,2,0,5,0,5"/>
   <wangtile tileid="484" wangid="0,2,0,2,0,2,0,1"/>
   <wangtile tileid="485" wangid="0,5,0,5,0,2,0,2"/>
   <wangtile tileid="489" wangid="0,2,0,2,0,5,0,5"/>
   <wangtile tileid="493" wangid="0,2,0,2,0,5,0,5"/>
   <wangtile tileid="497" wangid="0,5,0,5,0,1,0,2"/>
   <wangtile tileid="501" wangid="0,2,0,2,0,5,0,5"/>
   <wangtile tileid="505" wangid="0,2,0,1,0,2,0,1"/>
   <wangtile tileid="506" wangid="0,1,0,2,0,1,0,2"/>
   <wangtile tileid="507" wangid="0,3,0,1,0,3,0,1"/>
   <wangtile tileid="508" wangid="0,1,0,3,0,1,0,3"/>
   <wangtile tileid="509" wangid="0,4,0,1,0,1,0,1"/>
   <wangtile tileid="510" wangid="0,1,0,1,0,4,0,1"/>
   <wangtile tileid="511" wangid="0,1,0,1,0,4,0,4"/>
   <wangtile tileid="512" wangid="0,4,0,1,0,4,0,1"/>
   <wangtile tileid="513" wangid="0,4,0,1,0,4,0,4"/>
   <wangtile tileid="514" wangid="0,1,0,4,0,1,0,1"/>
   <wangtile tileid="515" wangid="0,1,0,4,0,1,0,4"/>
   <wangtile tileid="516" wangid="0,4,0,4,0,1,0,4"/>
   <wangtile tileid="517" wangid="0,1,0,4,0,4,0,1"/>
   <wangtile tileid="518" wangid="0,1,0,4,0,4,0,4"/>
   <wangtile tileid="519" wangid="0,4,0,4,0,4,0,1"/>
   <wangtile tileid="520" wangid="0,5,0,1,0,1,0,5"/>
   <wangtile tileid="524" wangid="0,5,0,1,0,5,0,1"/>
   <wangtile tileid="528" wangid="0,1,0,5,0,1,0,5"/>
   <wangtile tileid="532" wangid="0,1,0,5,0,5,0,5"/>
   <wangtile tileid="536" wangid="0,6,0,5,0,5,0,6"/>
   <wangtile tileid="540" wangid="0,5,0,5,0,6,0,5"/>
   <wangtile tileid="544" wangid="0,6,0,5,0,6,0,5"/>
   <wangtile tileid="548" wangid="0,5,0,6,0,5,0,6"/>
   <wangtile tileid="552" wangid="0,6,0,6,0,5,0,6"/>
   <wangtile tileid="556" wangid="0,5,0,6,0,6,0,5"/>
   <wangtile tileid="560" wangid="0,5,0,6,0,6,0,6"/>
   <wangtile tileid="564" wangid="0,3,0,3,0,3,0,4"/>
   <wangtile tileid="565" wangid="0,4,0,3,0,3,0,3"/>
   <wangtile tileid="566" wangid="0,3,0,3,0,4,0,3"/>
   <wangtile tileid="567" wangid="0,3,0,3,0,4,0,4"/>
   <wangtile tileid="568" wangid="0,4,0,3,0,4,0,3"/>
   <wangtile tileid="569" wangid="0,4,0,3,0,4,0,4"/>
   <wangtile tileid="570" wangid="0,3,0,4,0,3,0,3"/>
   <wangtile tileid="571" wangid="0,3,0,4,0,3,0,4"/>
   <wangtile tileid="572" wangid="0,4,0,4,0,3,0,3"/>
   <wangtile tileid="573" wangid="0,4,0,4,0,3,0,4"/>
   <wangtile tileid="574" wangid="0,3,0,4,0,4,0,4"/>
   <wangtile tileid="575" wangid="0,4,0,4,0,4,0,3"/>
  </wangset>
 </wangsets>
</tileset>
